import type { Express } from 'express';
import { z } from 'zod';
import type { Content } from '../content.ts';
import { type createAgentRoutes, parseInput } from './routes.ts';

const testSchema = z.object({
  question: z.string().trim().min(1).max(4_000),
  locale: z.string().max(35).default('en'),
  previousQuestion: z.string().max(4_000).optional(),
});

/** What the widget may keep for the hour when this server is gone: published answers only. */
export function addPublicFaqRoute(app: Express, content: Content): void {
  app.get('/api/faq/public', (request, response) => {
    const { locale } = parseInput(z.object({ locale: z.string().max(35).default('en') }), request.query);
    const language = locale.split('-')[0];
    const mine = content.entries.filter((entry) => entry.locale === locale || entry.locale === language);
    const entries = mine.length > 0 ? mine : content.entries.filter((entry) => entry.locale === 'en');
    response.setHeader('cache-control', 'public, max-age=300');
    response.json({ locale, entries: entries.map(({ id, question, variants, answer }) => ({ id, question, variants, answer })) });
  });
}

export function addFaqRoutes(add: ReturnType<typeof createAgentRoutes>, content: Content): void {
  add('GET /api/faq', async () => ({ entries: content.entries, problems: content.problems }));
  add('POST /api/faq/test', async ({ request }) => {
    const { question, locale, previousQuestion } = parseInput(testSchema, request.body);
    const decision = content.matcher.decide(question, { locale, previousQuestion });
    const ranking = content.matcher.rank(question, 5, { locale });
    return {
      decision: decision.kind,
      ranking: ranking.map(({ entry, score, why }) => ({ id: entry.id, question: entry.question, score, why })),
      thresholds: content.matcher.thresholds,
    };
  });
}
