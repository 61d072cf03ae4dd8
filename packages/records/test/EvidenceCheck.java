import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;

/**
 * Checks RFC 4998 evidence records with Bouncy Castle, which shares no code with Buergerdraht.
 *
 * <p>java -cp bcpkix.jar:bcprov.jar:bcutil.jar EvidenceCheck.java ROOT.pem RECORD DATA [RECORD DATA ...]
 *
 * <p>One line a pair: VALID or INVALID and the reason. The exit status is 0 when all are valid.
 */
public final class EvidenceCheck {
  public static void main(String[] arguments) throws Exception {
    BouncyCastleProvider provider = new BouncyCastleProvider();
    X509Certificate root;
    try (FileInputStream pem = new FileInputStream(arguments[0])) {
      root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
    boolean allValid = true;
    for (int at = 1; at + 1 < arguments.length; at += 2) {
      try {
        check(provider, root, Files.readAllBytes(Path.of(arguments[at])), Files.readAllBytes(Path.of(arguments[at + 1])));
        System.out.println("VALID");
      } catch (Exception | Error problem) {
        allValid = false;
        System.out.println("INVALID " + problem);
      }
    }
    System.exit(allValid ? 0 : 1);
  }

  private static void check(BouncyCastleProvider provider, X509Certificate root, byte[] record, byte[] data)
      throws Exception {
    ERSEvidenceRecord evidence =
        new ERSEvidenceRecord(record, new JcaDigestCalculatorProviderBuilder().setProvider(provider).build());
    evidence.validatePresent(new ERSByteData(data), new Date());
    X509CertificateHolder holder = evidence.getSigningCertificate();
    X509Certificate signer = new JcaX509CertificateConverter().setProvider(provider).getCertificate(holder);
    signer.verify(root.getPublicKey());
    evidence.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider(provider).build(holder));
  }
}
