import type {
  Ack,
  FaqArchived,
  FaqContent,
  FaqDuplicates,
  FaqEntryDetail,
  FaqFormat,
  FaqGaps,
  FaqHistory,
  FaqImportResult,
  FaqList,
  FaqListQuery,
  FaqReadiness,
  FaqReplayResult,
  FaqSave,
  FaqSaveConflict,
  FaqSaved,
  FaqTestResult,
} from '@stepdown/protocol';
import type { AgentHttp, Answer } from './agent-http.ts';

/** What a refused save, undo or resolution brings: what somebody else saved first, and how it differs from what was sent. */
export type FaqRefusal = Pick<FaqSaveConflict, 'latest' | 'diff'>;

export type FaqListSearch = Partial<FaqListQuery>;

/** An entry as it would be; null as if it were archived. */
export interface FaqDraft {
  readonly id: string;
  readonly locale: string;
  readonly content: FaqContent | null;
}

export interface FaqImportFile {
  readonly format: FaqFormat;
  readonly text?: string;
  /** Markdown only. */
  readonly files?: readonly { readonly path: string; readonly text: string }[];
  readonly dryRun: boolean;
  readonly status: 'draft' | 'published';
}

/** The editors' routes of the FAQ. Nothing here rejects; a refusal is a value. */
export interface FaqClient {
  list(search: FaqListSearch): Promise<Ack<FaqList>>;
  entry(id: string): Promise<Ack<FaqEntryDetail>>;
  save(id: string, save: FaqSave): Promise<Answer<FaqSaved, FaqRefusal>>;
  /** Brings back the published text before the present one, or that of a revision, as a new revision. */
  undo(
    id: string,
    step: { readonly locale: string; readonly baseRevision: number; readonly toRevision?: number },
  ): Promise<Answer<FaqSaved, FaqRefusal>>;
  /** Without a locale every language of the entry goes offline. */
  archive(id: string, which: { readonly locale?: string; readonly baseRevision?: number }): Promise<Answer<FaqArchived, FaqRefusal>>;
  history(id: string, locale: string): Promise<Ack<FaqHistory>>;
  resolve(
    conflictId: string,
    decision: { readonly choice: 'file' | 'store' | 'merged'; readonly content?: FaqContent; readonly baseRevision: number },
  ): Promise<Answer<FaqSaved, FaqRefusal>>;
  /** Without a draft the live FAQ answers. */
  test(question: string, locale: string, draft: FaqDraft | null): Promise<Ack<FaqTestResult>>;
  replay(draft: FaqDraft, last: number): Promise<Ack<FaqReplayResult>>;
  gaps(days: number, locale: string): Promise<Ack<FaqGaps>>;
  dismissGap(id: string): Promise<Ack>;
  duplicates(): Promise<Ack<FaqDuplicates>>;
  readiness(days: number): Promise<Ack<FaqReadiness>>;
  import(file: FaqImportFile): Promise<Ack<FaqImportResult>>;
  /** Address of a download; an empty locale is every locale. */
  exportUrl(format: FaqFormat, locale: string): string;
}

/** Puts the FAQ's routes on the console's HTTP. */
export function createFaqClient(http: AgentHttp): FaqClient {
  const pathOf = (id: string, more = '') => `/api/faq/${encodeURIComponent(id)}${more}`;
  return {
    list: (search) => http.get('/api/faq', search),
    entry: (id) => http.get(pathOf(id)),
    save: (id, save) => http.change<FaqSaved, FaqRefusal>('PUT', pathOf(id), save),
    undo: (id, step) => http.change<FaqSaved, FaqRefusal>('POST', pathOf(id, '/undo'), step),
    archive: (id, which) => http.change<FaqArchived, FaqRefusal>('DELETE', pathOf(id), which),
    history: (id, locale) => http.get(pathOf(id, '/history'), { locale }),
    resolve: (conflictId, decision) =>
      http.change<FaqSaved, FaqRefusal>('POST', pathOf('conflicts', `/${encodeURIComponent(conflictId)}/resolve`), decision),
    test: (question, locale, draft) => http.post('/api/faq/test', { question, locale, ...(draft !== null && { draft }) }),
    replay: (draft, last) => http.post('/api/faq/replay', { draft, last }),
    gaps: (days, locale) => http.get('/api/faq/gaps', { days, locale, limit: 100 }),
    dismissGap: (id) => http.post(`/api/faq/gaps/${encodeURIComponent(id)}/dismiss`),
    duplicates: () => http.get('/api/faq/duplicates'),
    readiness: (days) => http.get('/api/faq/readiness', { days }),
    import: (file) => http.post('/api/faq/import', file),
    exportUrl: (format, locale) => `/api/faq/export?${new URLSearchParams({ format, ...(locale !== '' && { locale }) })}`,
  };
}
