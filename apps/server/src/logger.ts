import type { Log } from '@stepdown/kernel';
import pino from 'pino';
import type { ServerConfig } from './config.ts';

/** Structured logs on standard error, one JSON line each; standard output is for people. */
export function createLogger(level: ServerConfig['logLevel']): Log {
  return pino(
    {
      level,
      base: null,
      serializers: { cause: pino.stdSerializers.err },
      // Second net: no field of these names ever leaves, whatever a caller puts in.
      redact: {
        paths: ['*.apiKey', '*.token', '*.password', '*.authorization', 'apiKey', 'token', 'password', 'authorization'],
        censor: '[hidden]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
