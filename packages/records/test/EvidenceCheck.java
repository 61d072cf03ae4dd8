import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Checks RFC 4998 evidence records with Bouncy Castle's parsers and its PKIX, which share no code with Buergerdraht. It
 * walks section 5.3 stamp by stamp: what each time stamp covers, its signature, a path that held when it was made and still
 * when the next one was made, and their order.
 *
 * <p>java -cp bcpkix.jar:bcprov.jar:bcutil.jar EvidenceCheck.java ROOT.pem RECORD DATA[,DATA...] [RECORD DATA ...]
 *
 * <p>Several data with commas between are one group: their hashes must be the whole first list. One line a pair: VALID,
 * LAPSED (the certificates of the newest stamp have ended by today), FUTURE (it was made after today) or INVALID and the reason. The exit status is 0 when
 * all are valid.
 *
 * <p>Left out: until when hash functions and signatures are trusted (look them up for each line that it prints with
 * -Dverbose=true), revocation data in the tokens, and the strict form of TSTInfo.
 */
public final class EvidenceCheck {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private record Stamp(String hash, List<List<byte[]>> lists, byte[] token) {}

  private static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }

  public static void main(String[] arguments) throws Exception {
    // SHA-1 in a record that was renewed in time is for the reader to judge, not for today's defaults of Java.
    Security.setProperty("jdk.certpath.disabledAlgorithms", "");
    X509Certificate root;
    try (FileInputStream pem = new FileInputStream(arguments[0])) {
      root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
    boolean allValid = true;
    for (int at = 1; at + 1 < arguments.length; at += 2) {
      String verdict;
      try {
        List<byte[]> group = new ArrayList<>();
        for (String path : arguments[at + 1].split(",")) group.add(Files.readAllBytes(Path.of(path)));
        verdict = check(root, Files.readAllBytes(Path.of(arguments[at])), group);
      } catch (Exception | Error problem) {
        verdict = "INVALID " + problem;
      }
      allValid &= verdict.equals("VALID");
      System.out.println(verdict);
    }
    System.exit(allValid ? 0 : 1);
  }

  private static String check(X509Certificate root, byte[] record, List<byte[]> group) throws Exception {
    ASN1Sequence fields = ASN1Sequence.getInstance(record);
    if (!ASN1Integer.getInstance(fields.getObjectAt(0)).hasValue(1)) throw new Refused("not version 1");
    for (ASN1Encodable field : fields)
      if (field instanceof ASN1TaggedObject tagged && tagged.getTagNo() == 1) throw new Refused("over encrypted data");
    ASN1Sequence chains = ASN1Sequence.getInstance(fields.getObjectAt(fields.size() - 1));
    if (chains.size() == 0) throw new Refused("no chain");
    Date before = null;
    X509Certificate[] pathBefore = null;
    ASN1EncodableVector earlier = new ASN1EncodableVector();
    for (ASN1Encodable each : chains) {
      ASN1Sequence chain = ASN1Sequence.getInstance(each);
      if (chain.size() == 0) throw new Refused("an empty chain");
      String hashOfChain = null;
      byte[] previous = null;
      for (ASN1Encodable stampField : chain) {
        Stamp stamp = stampOf(ASN1Sequence.getInstance(stampField));
        if (hashOfChain != null && !hashOfChain.equals(stamp.hash())) throw new Refused("two hash functions in a chain");
        hashOfChain = stamp.hash();
        List<byte[]> covered = new ArrayList<>();
        if (previous != null) {
          covered.add(hash(stamp.hash(), previous));
        } else {
          // Section 5.2: the hash of a document, and behind it that of all chains before.
          byte[] sequence = new DERSequence(earlier).getEncoded(ASN1Encoding.DER);
          for (byte[] data : group) {
            byte[] own = hash(stamp.hash(), data);
            covered.add(earlier.size() == 0 ? own : hash(stamp.hash(), own, hash(stamp.hash(), sequence)));
          }
        }
        byte[] imprint = rootOf(stamp, covered, previous == null && group.size() > 1);
        TimeStampToken token = new TimeStampToken(new CMSSignedData(stamp.token()));
        if (!oid(stamp.hash()).equals(token.getTimeStampInfo().getMessageImprintAlgOID().getId())
            || !Arrays.equals(imprint, token.getTimeStampInfo().getMessageImprintDigest()))
          throw new Refused("a time stamp is about something else");
        Date at = token.getTimeStampInfo().getGenTime();
        X509Certificate[] path = pathOf(token, root, at);
        if (before != null) {
          if (at.before(before)) throw new Refused("a renewal is older than what it renews");
          for (X509Certificate certificate : pathBefore)
            if (at.after(certificate.getNotAfter())) throw new Refused("renewed after a certificate had ended");
        }
        if (Boolean.getBoolean("verbose"))
          System.out.println("# " + at.toInstant() + " " + stamp.hash() + " " + path[0].getSigAlgName() + " " + path[0].getSubjectX500Principal());
        before = at;
        pathBefore = path;
        previous = stamp.token();
      }
      earlier.add(chain);
    }
    if (before.after(today())) return "FUTURE " + before.toInstant();
    for (X509Certificate certificate : pathBefore)
      if (today().after(certificate.getNotAfter())) return "LAPSED " + certificate.getNotAfter().toInstant();
    return "VALID";
  }

  /** Now, or the end of the day that -Dtoday=2026-11-28 names. */
  private static Date today() {
    String day = System.getProperty("today");
    return day == null ? new Date() : Date.from(Instant.parse(day + "T23:59:59Z"));
  }

  private static Stamp stampOf(ASN1Sequence fields) throws Exception {
    String named = null;
    List<List<byte[]>> lists = null;
    for (int at = 0; at < fields.size() - 1; at++) {
      ASN1TaggedObject field = ASN1TaggedObject.getInstance(fields.getObjectAt(at));
      if (field.getTagNo() == 0) named = nameOf(AlgorithmIdentifier.getInstance(field, false).getAlgorithm());
      if (field.getTagNo() == 2) {
        lists = new ArrayList<>();
        for (ASN1Encodable list : ASN1Sequence.getInstance(field, false)) {
          List<byte[]> hashes = new ArrayList<>();
          for (ASN1Encodable hash : ASN1Sequence.getInstance(list)) hashes.add(ASN1OctetString.getInstance(hash).getOctets());
          lists.add(hashes);
        }
      }
    }
    byte[] token = fields.getObjectAt(fields.size() - 1).toASN1Primitive().getEncoded(ASN1Encoding.DL);
    if (named == null)
      named = nameOf(new TimeStampToken(new CMSSignedData(token)).getTimeStampInfo().getMessageImprintAlgOID());
    return new Stamp(named, lists, token);
  }

  /** Section 4.3. */
  private static byte[] rootOf(Stamp stamp, List<byte[]> covered, boolean whole) throws Exception {
    if (stamp.lists() == null) {
      if (covered.size() != 1) throw new Refused("several data and no tree");
      return covered.get(0);
    }
    List<byte[]> first = stamp.lists().get(0);
    for (byte[] hash : covered)
      if (first.stream().noneMatch(member -> Arrays.equals(member, hash))) throw new Refused("a hash is not in the first list");
    if (whole && first.size() != covered.size()) throw new Refused("the group has other members");
    byte[] below = joined(stamp.hash(), first);
    for (List<byte[]> list : stamp.lists().subList(1, stamp.lists().size())) {
      List<byte[]> members = new ArrayList<>(list);
      members.add(below);
      below = joined(stamp.hash(), members);
    }
    return below;
  }

  private static byte[] joined(String name, List<byte[]> hashes) throws Exception {
    if (hashes.size() == 1) return hashes.get(0);
    List<byte[]> sorted = new ArrayList<>(hashes);
    sorted.sort(Arrays::compareUnsigned);
    return hash(name, sorted.toArray(new byte[0][]));
  }

  /** The signature over the token, its purpose, and a path to the root that held at that time. */
  private static X509Certificate[] pathOf(TimeStampToken token, X509Certificate root, Date at) throws Exception {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider(PROVIDER);
    List<X509Certificate> inside = new ArrayList<>();
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) inside.add(converter.getCertificate(holder));
    @SuppressWarnings("unchecked")
    Collection<X509CertificateHolder> signers = token.getCertificates().getMatches(token.getSID());
    if (signers.isEmpty()) throw new Refused("the certificate of the signer is missing");
    X509CertificateHolder signer = signers.iterator().next();
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(signer));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(converter.getCertificate(signer));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(at);
    parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(inside), PROVIDER));
    PKIXCertPathBuilderResult built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX", PROVIDER).build(parameters);
    List<X509Certificate> path = new ArrayList<>();
    for (var certificate : built.getCertPath().getCertificates()) path.add((X509Certificate) certificate);
    // PKIX does not ask until when the root itself holds.
    root.checkValidity(at);
    path.add(root);
    return path.toArray(new X509Certificate[0]);
  }

  private static byte[] hash(String name, byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance(name, PROVIDER);
    for (byte[] part : parts) digest.update(part);
    return digest.digest();
  }

  private static final String[][] HASHES = {
    {"SHA-1", "1.3.14.3.2.26"},
    {"SHA-224", "2.16.840.1.101.3.4.2.4"},
    {"SHA-256", "2.16.840.1.101.3.4.2.1"},
    {"SHA-384", "2.16.840.1.101.3.4.2.2"},
    {"SHA-512", "2.16.840.1.101.3.4.2.3"},
    {"SHA3-256", "2.16.840.1.101.3.4.2.8"},
    {"SHA3-384", "2.16.840.1.101.3.4.2.9"},
    {"SHA3-512", "2.16.840.1.101.3.4.2.10"},
  };

  private static String nameOf(ASN1ObjectIdentifier id) throws Refused {
    for (String[] hash : HASHES) if (hash[1].equals(id.getId())) return hash[0];
    throw new Refused("unknown hash function " + id);
  }

  private static String oid(String name) {
    for (String[] hash : HASHES) if (hash[0].equals(name)) return hash[1];
    return "";
  }
}
