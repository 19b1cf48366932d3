import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recogniseVoice } from './answers/phrases/index.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import { askChat, askClaude, askResponses, DIALECTS, INSTRUCTIONS, QUESTION } from './testing/sdk-calls.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ pace: { firstTokenMs: 0, tokenGapMs: 0 }, maxInputCharacters: 5_000 });
});
afterAll(() => simulator.close());

const claude = (apiKey = 'sim-test') => new Anthropic({ baseURL: simulator.urls.claude, apiKey, maxRetries: 0 });
const gpt = (apiKey = 'sim-test') => new OpenAI({ baseURL: simulator.urls.gpt, apiKey, maxRetries: 0 });
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (cause: unknown) => cause,
  );

describe.each(DIALECTS)('$dialect', ({ ask, urlOf, done, provider }) => {
  it('[S1] streams a grounded answer to its SDK', async () => {
    const heard = await ask(urlOf(simulator), QUESTION, { instructions: INSTRUCTIONS });
    expect(heard).toMatchObject({ error: null, terminal: done });
    expect(heard.text).toContain('**30 days**');
    expect(heard.text.endsWith('\n\nSources: [returns-window]')).toBe(true);
    expect(recogniseVoice(heard.text)).toBe(provider);
  });

  it('[S9] stops at the token limit and says so', async () => {
    const heard = await ask(urlOf(simulator), QUESTION, { instructions: INSTRUCTIONS, maxTokens: 16 });
    expect(heard.text.length).toBeGreaterThan(20);
    expect(heard.text.length).toBeLessThanOrEqual(66);
    expect(heard.terminal).toMatch(/^(max_tokens|response\.incomplete|length)$/);
  });

  it('[S10] refuses a prompt that is too long for the context', async () => {
    const heard = await ask(urlOf(simulator), QUESTION, { instructions: 'x'.repeat(5_001) });
    expect(heard.error).toMatchObject({ status: 400 });
    expect(String(heard.error)).toMatch(/prompt is too long|maximum context length/);
  });

  it('[S5] counts its own reply among the rate limits and gives it an id', async () => {
    await ask(urlOf(simulator), 'hello');
    const [last] = simulator.requests(provider).slice(-1);
    expect(last?.requestId).toMatch(/^req_/);
  });
});

describe('Messages', () => {
  it('[S2] sends the events in the order of the API', async () => {
    const heard = await askClaude(simulator.urls.claude, 'Reply with OK.');
    expect(heard.events.filter((type) => type !== 'ping')).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(heard.text).toBe('OK');
  });

  it('[S1] answers without streaming, and through the stream helper, in the same words', async () => {
    const body = {
      model: 'claude-opus-5-5',
      max_tokens: 400,
      system: INSTRUCTIONS,
      messages: [{ role: 'user', content: QUESTION }],
    } as const;
    const whole = await claude().messages.create({ ...body, messages: [...body.messages] });
    const streamed = await claude()
      .messages.stream({ ...body, messages: [...body.messages] })
      .finalMessage();
    expect(whole).toMatchObject({ model: 'claude-opus-5-5', stop_reason: 'end_turn', role: 'assistant' });
    expect(streamed.content).toMatchObject(whole.content.map((block) => (block.type === 'text' ? { text: block.text } : {})));
    expect(streamed.usage).toMatchObject({ input_tokens: whole.usage.input_tokens, output_tokens: whole.usage.output_tokens });
    expect(whole.usage.input_tokens).toBeGreaterThan(100);
  });

  it('[S5] carries request id and rate limits in headers', async () => {
    const { response, request_id } = await claude().models.retrieve('claude-opus-5-5').withResponse();
    expect(request_id).toMatch(/^req_/);
    expect(Number(response.headers.get('anthropic-ratelimit-requests-remaining'))).toBeLessThan(1000);
    expect(response.headers.get('anthropic-ratelimit-requests-reset')).toMatch(/^\d{4}-.*Z$/);
  });

  it('[S7] tells the lifecycle of a model', async () => {
    expect(await claude().models.retrieve('claude-opus-5-5')).toMatchObject({ lifecycle: 'active', retires_at: null });
    expect(await claude().models.retrieve('claude-opus-4-5')).toMatchObject({ retires_at: '2027-01-22T00:00:00Z' });
    expect(await failure(claude().models.retrieve('claude-nope'))).toMatchObject({ status: 404, type: 'not_found_error' });
  });

  it('[S11] counts tokens', async () => {
    const counted = await claude().messages.countTokens({
      model: 'claude-opus-5-5',
      messages: [{ role: 'user', content: 'x'.repeat(400) }],
    });
    expect(counted.input_tokens).toBeCloseTo(100, -1);
  });

  it('[S6] refuses a foreign key', async () => {
    const heard = await askClaude(simulator.urls.claude, 'hello', { apiKey: 'sk-ant-real' });
    expect(heard.error).toMatchObject({ status: 401, type: 'authentication_error' });
  });

  it('[S8] refuses assistant prefill for current models and takes it for old ones', async () => {
    const ask = (model: string) =>
      failure(
        claude().messages.create({
          model,
          max_tokens: 50,
          messages: [
            { role: 'user', content: 'hello' },
            { role: 'assistant', content: 'Well,' },
          ],
        }),
      );
    expect(String(await ask('claude-sonnet-5-5'))).toContain('does not support assistant message prefill');
    expect(await ask('claude-haiku-4-5')).toBeNull();
  });
});

describe('Responses', () => {
  it('[S3] sends the events in the order of the API', async () => {
    const heard = await askResponses(simulator.urls.gpt, 'Reply with OK.');
    expect(heard.events).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('[S3] numbers the events without gaps', async () => {
    const stream = await gpt().responses.create({ model: 'gpt-5.5', input: QUESTION, instructions: INSTRUCTIONS, stream: true });
    const numbers: number[] = [];
    for await (const event of stream) numbers.push(event.sequence_number);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it('[S1] answers without streaming, and through the stream helper, in the same words', async () => {
    const body = { model: 'gpt-6-luna', input: QUESTION, instructions: INSTRUCTIONS };
    const whole = await gpt().responses.create(body);
    const streamed = await gpt().responses.stream(body).finalResponse();
    expect(whole.output_text).toContain('30 days');
    expect(streamed.output_text).toBe(whole.output_text);
    expect(streamed.usage).toEqual(whole.usage);
  });

  it('[S7] tells when a model ends and knows no other', async () => {
    expect(await gpt().models.retrieve('gpt-4o')).toMatchObject({ shutdown_date: '2027-01-14' });
    expect(await failure(gpt().models.retrieve('gpt-2'))).toMatchObject({ status: 404, code: 'model_not_found' });
    const heard = await askResponses(simulator.urls.gpt, 'hello', { model: 'gpt-2' });
    expect(heard.error).toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('[S6] refuses a foreign key', async () => {
    const heard = await askResponses(simulator.urls.gpt, 'hello', { apiKey: 'sk-proj-real' });
    expect(heard.error).toMatchObject({ status: 401, code: 'invalid_api_key' });
  });

  it('[S8] refuses a limit below 16', async () => {
    const heard = await askResponses(simulator.urls.gpt, 'hello', { maxTokens: 15 });
    expect(heard.error).toMatchObject({ status: 400, code: 'integer_below_min_value' });
  });
});

describe('Chat Completions', () => {
  it('[S4] sends usage only when asked', async () => {
    const usages = async (includeUsage: boolean) => {
      const stream = await gpt().chat.completions.create({
        model: 'gpt-6-luna',
        messages: [{ role: 'user', content: 'hello' }],
        stream: true,
        ...(includeUsage ? { stream_options: { include_usage: true } } : {}),
      });
      const found: unknown[] = [];
      for await (const chunk of stream) if (chunk.usage) found.push(chunk.usage);
      return found;
    };
    expect(await usages(false)).toEqual([]);
    expect(await usages(true)).toEqual([expect.objectContaining({ prompt_tokens: expect.any(Number) })]);
  });

  it('[S1] answers without streaming', async () => {
    const whole = await gpt().chat.completions.create({ model: 'gpt-6-luna', messages: [{ role: 'user', content: 'hello' }] });
    expect(whole.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', content: 'Hi there! How can I help?' } });
  });

  it('[S6] [S7] asks for no key and no special name at the open model', async () => {
    const heard = await askChat(simulator.urls.openModel, 'hello', { apiKey: 'none', model: 'my-own/model-7b' });
    expect(heard).toMatchObject({ error: null, model: 'my-own/model-7b', text: 'Welcome. Please ask your question.' });
  });

  it('[S8] refuses max_tokens at GPT and takes it at the open model', async () => {
    const ask = (baseURL: string) =>
      failure(
        new OpenAI({ baseURL, apiKey: 'sim-test', maxRetries: 0 }).chat.completions.create({
          model: 'gpt-6-luna',
          max_tokens: 30,
          messages: [{ role: 'user', content: 'hello' }],
        }),
      );
    expect(await ask(simulator.urls.gpt)).toMatchObject({ status: 400, code: 'unsupported_parameter' });
    expect(await ask(simulator.urls.openModel)).toBeNull();
  });
});

describe('options', () => {
  it('[S6] [S7] take keys and models of their own', async () => {
    const own = await startSimulator({
      pace: { firstTokenMs: 0, tokenGapMs: 0 },
      apiKeys: ['one'],
      models: { claude: ['claude-own'], 'open-model': ['only'] },
    });
    expect((await askClaude(own.urls.claude, 'hello', { apiKey: 'one', model: 'claude-own' })).error).toBeNull();
    expect((await askClaude(own.urls.claude, 'hello', { apiKey: 'sim-test' })).error).toMatchObject({ status: 401 });
    expect((await askChat(own.urls.openModel, 'hello', { model: 'other' })).error).toMatchObject({ status: 404 });
    await own.close();
  });

  it('[S31] reject a taken port and leave nothing behind', async () => {
    const port = Number(new URL(simulator.urls.claude).port);
    await expect(startSimulator({ ports: { gpt: port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(startSimulator({ ports: { control: port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
