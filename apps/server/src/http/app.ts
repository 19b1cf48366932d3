import { type Log, messageOf } from '@stepdown/kernel';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { compressAnswers } from './compress.ts';
import { HttpRefusal, sendRefusal } from './routes.ts';

export interface AppPorts {
  readonly log: Log;
  readonly newErrorId: () => string;
  /** Adds the routes, in order; what nobody answers is a 404. */
  readonly addRoutes: (app: Express) => void;
}

/** The HTTP face: security headers, JSON bodies, routes, and one place where errors become answers. */
export function createApp(ports: AppPorts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'img-src': ["'self'", 'data:'],
          'style-src': ["'self'"],
          'connect-src': ["'self'"],
          'frame-ancestors': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'object-src': ["'none'"],
        },
      },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      frameguard: false,
    }),
  );
  app.use(compressAnswers());
  // A whole FAQ in one file; everything else is small.
  app.use('/api/faq/import', express.json({ limit: '8mb' }));
  app.use('/api', express.json({ limit: '1mb' }));
  ports.addRoutes(app);
  app.use((_request: Request, _response: Response, next: NextFunction) =>
    next(new HttpRefusal('not_found', 'There is nothing at this address.')),
  );
  app.use((cause: unknown, _request: Request, response: Response, next: NextFunction) => answerError(ports, cause, response, next));
  return app;
}

function answerError(ports: AppPorts, cause: unknown, response: Response, next: NextFunction): void {
  if (response.headersSent) next(cause);
  else if (cause instanceof HttpRefusal) sendRefusal(response, cause);
  else if (isBodyError(cause)) sendRefusal(response, new HttpRefusal('invalid', `The body could not be read: ${cause.message}`));
  else if (isMissingFile(cause)) sendRefusal(response, new HttpRefusal('not_found', 'There is nothing at this address.'));
  else answerFault(ports, cause, response);
}

function answerFault(ports: AppPorts, cause: unknown, response: Response): void {
  const errorId = ports.newErrorId();
  ports.log.error({ errorId, cause: messageOf(cause) }, 'A request failed.');
  response
    .status(500)
    .json({ ok: false, error: { code: 'unavailable', message: 'Something went wrong on our side. Please try again.', errorId } });
}

/** Errors of the JSON body parser name what they are (`entity.parse.failed`) and have a message that is safe to show. */
function isBodyError(cause: unknown): cause is Error {
  return cause instanceof Error && 'type' in cause && typeof cause.type === 'string' && cause.type.startsWith('entity.');
}

function isMissingFile(cause: unknown): boolean {
  return cause instanceof Error && 'status' in cause && (cause.status === 404 || cause.status === 403);
}
