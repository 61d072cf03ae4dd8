import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
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
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.OtherRevocationInfoFormat;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Checks RFC 3161 time stamps with Bouncy Castle as section 5.1 of docs/archive-format.md says, without code of ours. One line
 * for each STAMP DATA ROOT.pem: VALID, or INVALID and why, as of the end of the day that -Dtoday=2026-11-28 names. A stamp is a token, or an answer when
 * its name ends in .tsr. Left out: until when algorithms are trusted.
 */
@SuppressWarnings("unchecked")
public final class StampCheck {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final Date TODAY = Date.from(java.time.Instant.parse(System.getProperty("today") + "T23:59:59Z"));

  private static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Security.setProperty("jdk.certpath.disabledAlgorithms", "");
    for (int at = 0; at + 2 < arguments.length; at += 3) {
      String verdict;
      try (FileInputStream pem = new FileInputStream(arguments[at + 2])) {
        X509Certificate root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        byte[] stamp = Files.readAllBytes(Path.of(arguments[at]));
        check(arguments[at].endsWith(".tsr") ? tokenIn(stamp) : stamp, Files.readAllBytes(Path.of(arguments[at + 1])), root);
        verdict = "VALID";
      } catch (Exception | Error problem) {
        verdict = "INVALID " + String.valueOf(problem).replace('\n', ' ');
      }
      System.out.println(verdict);
    }
  }

  private static void need(boolean condition, String why) throws Refused {
    if (!condition) throw new Refused(why);
  }

  private static byte[] tokenIn(byte[] response) throws Exception {
    ASN1Sequence answer = ASN1Sequence.getInstance(response);
    ASN1Sequence status = ASN1Sequence.getInstance(answer.getObjectAt(0));
    need(answer.size() == 2 && status.size() == 1, "not exactly a status and a token");
    need(ASN1Integer.getInstance(status.getObjectAt(0)).hasValue(0), "not granted");
    return answer.getObjectAt(1).toASN1Primitive().getEncoded();
  }

  private static void check(byte[] stamp, byte[] data, X509Certificate root) throws Exception {
    CMSSignedData cms = new CMSSignedData(stamp);
    SignedData signed = SignedData.getInstance(ContentInfo.getInstance(ASN1Primitive.fromByteArray(stamp)).getContent());
    need(signed.getSignerInfos().size() == 1, "not one signer");
    SignerInfo signer = SignerInfo.getInstance(signed.getSignerInfos().getObjectAt(0));
    need(isAnnounced(signed.getDigestAlgorithms(), signer), "the hash function is not announced");
    byte[] info = (byte[]) cms.getSignedContent().getContent();
    Date at = strict(info);
    // In the order of DER, each type once (RFC 5652 sections 5.3 and 5.4).
    ASN1Set attributes = signer.getAuthenticatedAttributes();
    List<byte[]> members = new ArrayList<>();
    Set<Object> types = new java.util.HashSet<>();
    for (ASN1Encodable each : attributes) {
      members.add(each.toASN1Primitive().getEncoded("DER"));
      need(types.add(Attribute.getInstance(each).getAttrType()), "an attribute twice");
    }
    for (int each = 1; each < members.size(); each++)
      need(Arrays.compareUnsigned(members.get(each - 1), members.get(each)) <= 0, "attributes in another order");
    TimeStampToken token = new TimeStampToken(cms);
    MessageDigest digest = MessageDigest.getInstance(token.getTimeStampInfo().getMessageImprintAlgOID().getId(), PROVIDER);
    need(Arrays.equals(digest.digest(data), token.getTimeStampInfo().getMessageImprintDigest()), "about other data");
    X509Certificate[] path = pathOf(token, root, at);
    GeneralName authority = token.getTimeStampInfo().getTsa();
    if (authority != null)
      need(authority.getName().equals(new X509CertificateHolder(path[0].getEncoded()).getSubject()), "names somebody else");
    if (signed.getCRLs() != null) for (ASN1Encodable each : signed.getCRLs()) requireNotRevoked(each.toASN1Primitive(), path, at);
  }

  private static boolean isAnnounced(ASN1Set announced, SignerInfo signer) {
    for (ASN1Encodable each : announced)
      if (ASN1Sequence.getInstance(each).getObjectAt(0).equals(signer.getDigestAlgorithm().getAlgorithm())) return true;
    return false;
  }

  /** TSTInfo as section 2.4.2 of RFC 3161 lets an authority write it; answers its time. */
  private static Date strict(byte[] info) throws Exception {
    ASN1Sequence fields = ASN1Sequence.getInstance(info);
    need(Arrays.equals(fields.getEncoded("DER"), info), "not DER");
    need(ASN1Integer.getInstance(fields.getObjectAt(0)).hasValue(1), "another version");
    need(fields.getObjectAt(4) instanceof ASN1GeneralizedTime, "no time");
    String time = new String(((ASN1GeneralizedTime) fields.getObjectAt(4)).getTimeString().getBytes(), StandardCharsets.US_ASCII);
    need(time.matches("\\d{14}(\\.\\d*[1-9])?Z"), "another form of time");
    LocalDateTime.parse(time.substring(0, 14), DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT));
    int place = -1;
    for (int field = 5; field < fields.size(); field++) {
      ASN1Encodable each = fields.getObjectAt(field);
      int next =
          each instanceof ASN1Sequence ? 0
              : each instanceof ASN1Boolean ? 1
                  : each instanceof ASN1Integer ? 2
                      : each instanceof ASN1TaggedObject tagged && tagged.getTagNo() < 2 ? 3 + tagged.getTagNo() : -1;
      need(next > place, "an unknown field");
      place = next;
      if (next == 0) accuracy((ASN1Sequence) each);
      if (next == 1) need(((ASN1Boolean) each).isTrue(), "a default written out");
      if (next == 4)
        for (Extension extension : extensionsIn((ASN1TaggedObject) each)) need(!extension.isCritical(), "a critical extension");
    }
    return ((ASN1GeneralizedTime) fields.getObjectAt(4)).getDate();
  }

  private static List<Extension> extensionsIn(ASN1TaggedObject tagged) {
    Extensions extensions = Extensions.getInstance(tagged, false);
    List<Extension> list = new ArrayList<>();
    for (var id : extensions.getExtensionOIDs()) list.add(extensions.getExtension(id));
    return list;
  }

  private static void accuracy(ASN1Sequence fields) throws Exception {
    for (ASN1Encodable each : fields) {
      if (!(each instanceof ASN1TaggedObject part)) continue;
      int value = ASN1Integer.getInstance(part, false).intValueExact();
      need(value >= 1 && value <= 999, "accuracy out of range");
    }
  }

  private static X509Certificate[] pathOf(TimeStampToken token, X509Certificate root, Date at) throws Exception {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider(PROVIDER);
    List<X509Certificate> inside = new ArrayList<>();
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) inside.add(converter.getCertificate(holder));
    var signers = token.getCertificates().getMatches(token.getSID());
    need(!signers.isEmpty(), "the certificate of the signer is missing");
    X509CertificateHolder signer = (X509CertificateHolder) signers.iterator().next();
    token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(signer));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(converter.getCertificate(signer));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(at);
    parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(inside), PROVIDER));
    var built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX", PROVIDER).build(parameters);
    List<X509Certificate> path = new ArrayList<>();
    for (var certificate : built.getCertPath().getCertificates()) path.add((X509Certificate) certificate);
    path.add(root);
    return path.toArray(new X509Certificate[0]);
  }

  /** Lists and answers that are of the issuer and of their time; what is neither says nothing. */
  private static void requireNotRevoked(ASN1Primitive kept, X509Certificate[] path, Date at) throws Exception {
    for (int each = 0; each + 1 < path.length; each++) {
      X509Certificate certificate = path[each];
      X509Certificate issuer = path[each + 1];
      if (kept instanceof ASN1TaggedObject other)
        byAnswer(OtherRevocationInfoFormat.getInstance(other, false), certificate, issuer, at);
      else byList(kept.getEncoded(), certificate, issuer, at);
    }
  }

  private static boolean counts(Date made, Date next, X509Certificate certificate, Date at) {
    boolean isOfItsTime = !made.before(at) || (next != null && !at.after(next));
    return isOfItsTime && !made.after(TODAY) && !made.after(certificate.getNotAfter());
  }

  private static void byList(byte[] bytes, X509Certificate certificate, X509Certificate issuer, Date at) throws Exception {
    X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509", PROVIDER).generateCRL(new ByteArrayInputStream(bytes));
    if (!list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) return;
    if (!counts(list.getThisUpdate(), list.getNextUpdate(), certificate, at)) return;
    try {
      list.verify(issuer.getPublicKey(), PROVIDER);
    } catch (Exception problem) {
      return;
    }
    X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
    if (entry == null) return;
    refuse(entry.getRevocationDate(), entry.getRevocationReason() == null ? -1 : entry.getRevocationReason().ordinal(), at);
  }

  private static void byAnswer(OtherRevocationInfoFormat kept, X509Certificate certificate, X509Certificate issuer, Date at)
      throws Exception {
    BasicOCSPResp answer = (BasicOCSPResp) new OCSPResp(OCSPResponse.getInstance(kept.getInfo())).getResponseObject();
    if (answer == null) return;
    List<X509Certificate> mayAnswer = new ArrayList<>(List.of(issuer));
    for (X509CertificateHolder holder : answer.getCerts()) {
      X509Certificate delegate = new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(holder);
      try {
        delegate.verify(issuer.getPublicKey(), PROVIDER);
        if (delegate.getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.9")) mayAnswer.add(delegate);
      } catch (Exception problem) {
        continue;
      }
    }
    boolean isSigned = false;
    for (X509Certificate each : mayAnswer) {
      try {
        isSigned |= answer.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider(PROVIDER).build(each));
      } catch (Exception problem) {
        continue;
      }
    }
    for (SingleResp single : answer.getResponses()) {
      boolean isAbout = single.getCertID().getSerialNumber().equals(certificate.getSerialNumber());
      if (!isSigned || !isAbout || !counts(single.getThisUpdate(), single.getNextUpdate(), certificate, at)) continue;
      if (single.getCertStatus() instanceof RevokedStatus revoked)
        refuse(revoked.getRevocationTime(), revoked.hasRevocationReason() ? revoked.getRevocationReason() : -1, at);
    }
  }

  /** RFC 3161 section 4: unspecified, affiliation changed, superseded and ceased leave what was stamped before good. */
  private static void refuse(Date revoked, int reason, Date at) throws Refused {
    need(revoked.after(at) && Set.of(0, 3, 4, 5).contains(reason), "a certificate had been revoked");
  }
}
