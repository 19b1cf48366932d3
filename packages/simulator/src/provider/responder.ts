import type { IncomingHttpHeaders } from 'node:http';
import { tokenCount } from '../answers/tokens.ts';
import { isJsonObject } from '../json.ts';
import type { ProviderId } from '../providers.ts';
import type { WireAttempt } from '../script/wire-script.ts';
import type { StreamEncoder } from '../wire/dialect.ts';
import { inputText, lastUserText, type ModelRequest } from '../wire/model-request.ts';
import { anthropicModel, type ModelShelf, openaiModel } from '../wire/models.ts';
import { badRequest, isProblem, problemBody, type WireFamily, type WireProblem } from '../wire/problem.ts';
import { JSON_HEADERS } from '../wire/sse.ts';
import { buildAnswer } from './build-answer.ts';
import type { Fault } from './fault.ts';
import type { FaultBook } from './fault-book.ts';
import { badKey, contextTooLong, faultProblem, unknownModel } from './fault-problem.ts';
import { type Pace, planAnswer } from './plan-attempt.ts';
import type { RateMeter } from './rate-limit-headers.ts';
import { maskKey } from './request-log.ts';
import { type AnswerRoute, type Route, routeOf } from './route.ts';

export interface Incoming {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** `undefined` for a body that is no JSON. */
  readonly body: unknown;
  readonly isTooLarge: boolean;
}

/** What the provider does about a request, decided before a byte is sent. */
export interface Reply {
  readonly attempt: WireAttempt;
  readonly fault: Fault;
  readonly model: string | null;
  /** The outcome when the attempt plays to its end. */
  readonly outcome: 'completed' | 'faulted' | 'rejected';
  /** Breaks the answer in its own format while it streams; `null` where there is no stream. */
  readonly encoder: StreamEncoder | null;
}

export interface ResponderOptions {
  readonly provider: ProviderId;
  readonly faults: FaultBook;
  readonly models: ModelShelf;
  readonly meter: RateMeter;
  readonly isKeyAccepted: (key: string) => boolean;
  readonly maxInputCharacters: number;
  readonly pace: () => Pace;
  readonly now: () => number;
}

/** Decides replies for one provider. Pure but for the counters it is given. */
export function createResponder(options: ResponderOptions): (incoming: Incoming) => Reply {
  const { provider, faults, now } = options;
  const family: WireFamily = provider === 'claude' ? 'anthropic' : 'openai';
  return (incoming) => {
    const route = routeOf(provider, incoming.method, incoming.path);
    const { request, unreadable } = understand(route, incoming, options);
    const model = request?.model ?? (route.kind === 'model' ? route.id : null);
    const fault = faults.choose({ kind: route.kind === 'answer' ? 'answer' : 'model', model, lastUserText: spokenIn(request) });
    const context: Context = { options, incoming, family, fault, model, headers: replyHeaders(options, family, incoming.requestId) };
    const early = failBeforeReading(context);
    if (early !== null) return early;
    const problem = checkAccess(context, route) ?? unreadable;
    if (problem !== null) return reject(context, problem);
    options.meter.add(request === null ? 0 : tokenCount(inputText(request)), now());
    return route.kind === 'answer' && request !== null ? answer(context, route, request) : lookUp(context, route);
  };
}

interface Context {
  readonly options: ResponderOptions;
  readonly incoming: Incoming;
  readonly family: WireFamily;
  readonly fault: Fault;
  readonly model: string | null;
  readonly headers: { readonly [name: string]: string };
}

function spokenIn(request: ModelRequest | null): string {
  return request === null ? '' : lastUserText(request);
}

interface Understanding {
  readonly request: ModelRequest | null;
  readonly unreadable: WireProblem | null;
}

function understand(route: ReturnType<typeof routeOf>, incoming: Incoming, options: ResponderOptions): Understanding {
  if (route.kind !== 'answer') return { request: null, unreadable: null };
  const reading = read(route, incoming, options);
  return isProblem(reading) ? { request: null, unreadable: reading } : { request: reading, unreadable: null };
}

function read(route: AnswerRoute, incoming: Incoming, { provider, models }: ResponderOptions): ModelRequest | WireProblem {
  const { body } = incoming;
  if (incoming.isTooLarge) return { status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' };
  if (!isJsonObject(body)) return badRequest('We could not parse the JSON body of your request.');
  const allowsPrefill = (model: string) => models.look(model)?.allowsPrefill ?? false;
  return route.dialect.read(route.kind === 'answer' && route.isCount ? { ...body, max_tokens: 0 } : body, {
    isStrict: provider !== 'open-model',
    allowsPrefill,
  });
}

function replyHeaders({ meter, now }: ResponderOptions, family: WireFamily, requestId: string): Context['headers'] {
  const idHeader = family === 'anthropic' ? 'request-id' : 'x-request-id';
  return { [idHeader]: requestId, ...meter.headers(family, now()) };
}

/** Faults that strike before the provider looks at the request. */
function failBeforeReading(context: Context): Reply | null {
  const { fault, family, model, options } = context;
  const headersAfterMs = fault.headersAfterMs ?? Math.floor(options.pace().firstTokenMs / 2);
  const done = (attempt: WireAttempt): Reply => ({
    attempt: { headersAfterMs, ...attempt },
    fault,
    model,
    outcome: 'faulted',
    encoder: null,
  });
  switch (fault.mode) {
    case 'silent':
      return done({ status: null, end: 'hang' });
    case 'refused':
    case 'reset-before-headers':
      return done({ status: null, end: 'reset' });
    case 'html-200':
      return done({ status: 200, headers: { 'content-type': 'text/html' }, chunks: [{ text: MAINTENANCE_PAGE }], end: 'end' });
    case 'empty-body':
      return done({ status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, chunks: [], end: 'end' });
    default: {
      const problem = faultProblem(fault, family, { model: model ?? 'unknown', nowMs: options.now() });
      return problem === null ? null : done(errorAttempt(context, problem));
    }
  }
}

const MAINTENANCE_PAGE = '<!doctype html><html><body>We will be back soon</body></html>';

function checkAccess({ options, incoming, family }: Context, route: Route): WireProblem | null {
  const key = bearerKey(incoming.headers);
  if (!options.isKeyAccepted(key)) return badKey(family, maskKey(key));
  if (route.kind !== 'unknown') return null;
  const message = `Invalid URL (${incoming.method} ${incoming.path})`;
  return { status: 404, type: family === 'anthropic' ? 'not_found_error' : 'invalid_request_error', message };
}

function bearerKey(headers: IncomingHttpHeaders): string {
  const direct = headers['x-api-key'];
  return typeof direct === 'string' ? direct : (headers.authorization ?? '').replace(/^Bearer\s+/i, '');
}

function reject(context: Context, problem: WireProblem): Reply {
  return { attempt: errorAttempt(context, problem), fault: context.fault, model: context.model, outcome: 'rejected', encoder: null };
}

function errorAttempt({ family, headers, incoming }: Context, problem: WireProblem): WireAttempt {
  return {
    status: problem.status,
    headers: { ...JSON_HEADERS, ...headers, ...problem.headers },
    chunks: [{ text: JSON.stringify(problemBody(family, problem, incoming.requestId)) }],
    end: 'end',
  };
}

function answer(context: Context, { dialect, isCount }: AnswerRoute, request: ModelRequest): Reply {
  const { options, family, fault, incoming, headers } = context;
  const inputTokens = tokenCount(inputText(request));
  if (options.models.find(request.model) === undefined) return reject(context, unknownModel(family, request.model));
  if (isCount) return json(context, { input_tokens: inputTokens });
  if (inputText(request).length > options.maxInputCharacters) {
    return reject(context, contextTooLong(family, inputTokens, tokenCount('x'.repeat(options.maxInputCharacters))));
  }
  const written = buildAnswer(options.provider, request, fault, { id: incoming.requestId.replace(/^req_/, ''), nowMs: options.now() });
  const attempt = planAnswer({ dialect, answer: written, isStream: request.isStream, fault, pace: options.pace(), headers });
  const isWhole = fault.mode === 'healthy' || fault.mode === 'slow' || fault.mode === 'trickle';
  const encoder = request.isStream ? dialect.encoder(written) : null;
  return { attempt, fault, model: request.model, outcome: isWhole ? 'completed' : 'faulted', encoder };
}

function lookUp(context: Context, route: Route): Reply {
  const { options, family } = context;
  const nowMs = options.now();
  const describe = (id: string) => {
    const model = family === 'anthropic' ? options.models.look(id) : options.models.find(id);
    if (model === undefined) return null;
    return family === 'anthropic'
      ? anthropicModel(model, id, nowMs)
      : openaiModel(model, id, options.provider === 'gpt' ? 'openai' : 'local');
  };
  if (route.kind === 'model') {
    const model = describe(route.id);
    return model === null ? reject(context, unknownModel(family, route.id)) : json(context, model);
  }
  const data = options.models.list().flatMap(({ id }) => describe(id) ?? []);
  return json(context, family === 'anthropic' ? { data, has_more: false, first_id: null, last_id: null } : { object: 'list', data });
}

function json(context: Context, body: object): Reply {
  const headers = { ...JSON_HEADERS, ...context.headers };
  const attempt: WireAttempt = { status: 200, headers, chunks: [{ text: JSON.stringify(body) }], end: 'end' };
  return { attempt, fault: context.fault, model: context.model, outcome: 'completed', encoder: null };
}
