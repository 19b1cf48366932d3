import { createServer, type ServerResponse } from 'node:http';

/** A Claude that says what it is told to, one character at a time. */
export interface EchoingModel {
  readonly url: string;
  close(): Promise<void>;
}

/** `say` gets the last message of the conversation and returns the answer. */
export async function startEchoingModel(say: (question: string) => string): Promise<EchoingModel> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (request.method === 'POST') stream(response, say(lastMessageOf(body)));
      else response.writeHead(404).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function lastMessageOf(body: string): string {
  const { messages }: { messages: readonly { content: unknown }[] } = JSON.parse(body);
  return JSON.stringify(messages.at(-1)?.content ?? '');
}

function stream(response: ServerResponse, text: string): void {
  const send = (event: { readonly type: string; readonly [field: string]: unknown }): void => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_echo' });
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = {
    id: 'msg_echo',
    type: 'message',
    role: 'assistant',
    model: 'echo',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  send({ type: 'message_start', message });
  send({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
  for (const character of text) send({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: character } });
  send({ type: 'content_block_stop', index: 0 });
  send({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage });
  send({ type: 'message_stop' });
  response.end();
}
