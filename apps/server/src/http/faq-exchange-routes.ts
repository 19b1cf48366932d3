import { type FaqFormat, faqExportQuerySchema, faqImportSchema } from '@stepdown/protocol';
import { audit } from '../access/sign-in.ts';
import { exportFaq, importFaq } from '../faq/exchange.ts';
import type { FaqRoutePorts } from './faq-routes.ts';
import { type createAgentRoutes, HttpRefusal, parseInput } from './routes.ts';

const TYPES: Readonly<Record<FaqFormat, { readonly type: string; readonly extension: string }>> = {
  csv: { type: 'text/csv; charset=utf-8', extension: 'csv' },
  json: { type: 'application/json; charset=utf-8', extension: 'json' },
  markdown: { type: 'text/markdown; charset=utf-8', extension: 'md' },
};

/** The whole FAQ out and in. */
export function addFaqExchangeRoutes(add: ReturnType<typeof createAgentRoutes>, { content, access }: FaqRoutePorts): void {
  add('GET /api/faq/export', async ({ request, response }) => {
    const { format, locale } = parseInput(faqExportQuerySchema, request.query);
    const entries = content.entries.filter((entry) => locale === undefined || entry.locale === locale);
    const { type, extension } = TYPES[format];
    response.setHeader('content-disposition', `attachment; filename="faq.${extension}"`);
    response.setHeader('content-type', type);
    response.send(exportFaq(format, entries));
  });
  add('POST /api/faq/import', async ({ agent, request }) => {
    const { format, text, files, dryRun, status } = parseInput(faqImportSchema, request.body);
    const isGiven = text !== undefined || (format === 'markdown' && files !== undefined);
    if (!isGiven) throw new HttpRefusal('invalid', format === 'markdown' ? 'text: or files is needed' : 'text: is needed');
    const result = await importFaq(content.desk, { format, text, files, isDryRun: dryRun, status, author: agent.name });
    if (!dryRun) await audit(access, agent, 'faq.imported', format, `${result.imported} entries, ${result.counts.bad} bad rows`);
    return result;
  });
}
