import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaqContent, FaqEntryDetail, FaqList, FaqLocaleView, FaqSaved } from '@stepdown/protocol';
import { type AgentAccess, call } from '../../security/support/agents.ts';
import { root, startServer, type TestServer } from '../../support/server.ts';
import { connectVisitor, type RawVisitor } from '../../support/visitor.ts';

export interface FaqServer extends TestServer {
  readonly faqDir: string;
}

export interface FaqServerOptions {
  readonly faqDir?: string;
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A copy of the shop's FAQ that a test may change. */
export function copyOfShop(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'stepdown-faq-'));
  cpSync(path.join(root, 'faq-data'), dir, { recursive: true });
  return dir;
}

export function folderWith(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'stepdown-faq-'));
  for (const locale of new Set(Object.keys(files).map((file) => path.dirname(file))))
    cpSync(path.join(root, 'LICENSE'), path.join(dir, locale, '.keep'));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(dir, file), text);
  return dir;
}

export function fileText(id: string, question: string, answer: string, extra = ''): string {
  return `---\nid: ${id}\nquestion: ${question}\nvariants: []\n${extra}---\n${answer}\n`;
}

/** The real program over its own FAQ folder, with every model off: the FAQ answers. */
export async function startFaqServer(options: FaqServerOptions = {}): Promise<FaqServer> {
  const faqDir = options.faqDir ?? copyOfShop();
  const server = await startServer({
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    env: { STEPDOWN_FAQ_DIR: faqDir, STEPDOWN_SIMULATE: 'off', ...options.env },
  });
  return { ...server, faqDir };
}

export interface Editor {
  readonly access: AgentAccess;
  get<Value>(path: string): Promise<Value>;
  send<Value>(method: 'PUT' | 'POST' | 'DELETE', path: string, body: unknown): Promise<{ readonly status: number; readonly body: Value }>;
  list(query?: string): Promise<FaqList>;
  entry(id: string, locale?: string): Promise<FaqLocaleView & FaqEntryDetail['locales'][number]>;
  /** Saves on top of what is there now. */
  publish(id: string, content: FaqContent, locale?: string): Promise<FaqSaved>;
}

export function editorOf(server: Pick<TestServer, 'url'>, access: AgentAccess): Editor {
  const get = async <Value>(address: string): Promise<Value> => {
    const response = await call(server, 'GET', address, { as: access });
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
    return bodyOf<Value>(response);
  };
  const send: Editor['send'] = async <Value>(method: string, address: string, body: unknown) => {
    const response = await call(server, method, address, { as: access, body });
    return { status: response.status, body: await bodyOf<Value>(response) };
  };
  const entry: Editor['entry'] = async (id, locale = 'en') => {
    const detail = await get<FaqEntryDetail>(`/api/faq/${id}`);
    const found = detail.locales.find((each) => each.locale === locale);
    if (found === undefined) throw new Error(`${id} has no ${locale}`);
    return found;
  };
  return {
    access,
    get,
    send,
    entry,
    list: (query = '') => get<FaqList>(`/api/faq?limit=500${query}`),
    async publish(id, content, locale = 'en') {
      const baseRevision = await entry(id, locale).then(
        ({ revision }) => revision,
        () => 0,
      );
      const saved = await send<FaqSaved>('PUT', `/api/faq/${id}`, { locale, baseRevision, content, status: 'published' });
      if (saved.status !== 200) throw new Error(`${id}: ${saved.status} ${JSON.stringify(saved.body)}`);
      return saved.body;
    },
  };
}

/** The server's own shapes; the tests look at the fields they need. */
async function bodyOf<Value>(response: Response): Promise<Value> {
  return (await response.json()) as Value;
}

export interface Asked {
  readonly visitor: RawVisitor;
  readonly text: string;
  readonly messageId: string;
  readonly answerId: string;
  readonly conversationId: string;
  readonly tier: string | undefined;
}

let asked = 0;

/** Asks as a new visitor and waits for the answer. */
export async function askAs(server: Pick<TestServer, 'url'>, text: string, more: { readonly locale?: string } = {}): Promise<Asked> {
  asked += 1;
  const visitor = await connectVisitor(server.url);
  const sent = await visitor.send('message:send', { clientMessageId: `faq-${process.pid}-${asked}`, text, locale: more.locale ?? 'en' });
  if (!sent.ok) throw new Error(sent.error.message);
  const answer = await visitor.completed((message) => message.author === 'assistant');
  return {
    visitor,
    text: answer.text,
    messageId: sent.messageId,
    answerId: answer.id,
    conversationId: sent.conversationId,
    tier: answer.tier,
  };
}

export async function answerTo(server: Pick<TestServer, 'url'>, text: string): Promise<string> {
  const { visitor, text: answer } = await askAs(server, text);
  visitor.close();
  return answer;
}
