/** What NODE_EXTRA_CA_CERTS does for a process that starts, done to one that runs. */
import tls from 'node:tls';

/** @returns what ends it */
export function trustCertificate(certificate: string): () => void {
  const { createSecureContext } = tls;
  // One for all connections: making it costs more than a connection.
  let trusting: tls.SecureContext | undefined;
  tls.createSecureContext = (options) => {
    if (options?.key !== undefined) return createSecureContext(options);
    trusting ??= createSecureContext({ ca: [...tls.rootCertificates, certificate] });
    return trusting;
  };
  return () => {
    tls.createSecureContext = createSecureContext;
  };
}
