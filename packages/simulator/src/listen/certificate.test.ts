import { X509Certificate } from 'node:crypto';
import { createServer, request } from 'node:https';
import { expect, it } from 'vitest';
import { createSelfSigned } from './certificate.ts';
import { listen } from './tcp.ts';

it('[S33] makes a certificate that names itself and signs itself', () => {
  const { cert } = createSelfSigned(Date.UTC(2030, 5, 1));
  const read = new X509Certificate(cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.issuer).toBe(read.subject);
  expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
  expect(new Date(read.validFrom).toISOString()).toBe('2030-05-31T00:00:00.000Z');
  expect(new Date(read.validTo).toISOString()).toBe('2030-06-02T00:00:00.000Z');
});

it('[S33] makes a certificate that a client may choose to trust', async () => {
  const own = createSelfSigned(Date.now());
  const server = createServer(own, (_request, response) => response.end('ok'));
  const port = await listen(server, 0);
  const status = await new Promise((resolve, reject) => {
    request({ host: 'localhost', port, ca: own.cert, agent: false }, (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  server.close();
  server.closeAllConnections();
  expect(status).toBe(200);
});
