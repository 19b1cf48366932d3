import { FakeHouse, makeSession } from '@stepdown/client/testing';
import type {
  FaqContent,
  FaqEntryDetail,
  FaqGap,
  FaqList,
  FaqListItem,
  FaqLocaleView,
  FaqRevisionView,
  FaqTestResult,
} from '@stepdown/protocol';

export const WARRANTY: FaqContent = {
  question: 'How long is the guarantee?',
  variants: ['warranty period'],
  answer: 'You have **25 years**.',
  tags: ['guarantee'],
};

export function makeRevision(fields: Partial<FaqRevisionView> = {}): FaqRevisionView {
  return {
    entryId: 'warranty',
    locale: 'en',
    revision: 3,
    baseRevision: 2,
    status: 'published',
    author: 'Ben',
    at: 1_000,
    content: WARRANTY,
    ...fields,
  };
}

export function makeLocale(fields: Partial<FaqLocaleView> = {}): FaqLocaleView {
  return {
    locale: 'en',
    state: 'live',
    question: WARRANTY.question,
    revision: 3,
    liveRevision: 3,
    hasDraft: false,
    isStale: false,
    hasConflict: false,
    updated: '2026-10-12',
    expires: null,
    author: 'Ben',
    at: 1_000,
    path: 'en/warranty.md',
    ...fields,
  };
}

export function makeItem(fields: Partial<FaqListItem> = {}): FaqListItem {
  const german = makeLocale({ locale: 'de', question: 'Wie lange gilt die Garantie?', isStale: true, path: 'de/warranty.md' });
  return {
    id: 'warranty',
    question: WARRANTY.question,
    tags: ['guarantee'],
    locales: [makeLocale(), german],
    missingLocales: ['fr'],
    ...fields,
  };
}

export function makeList(fields: Partial<FaqList> = {}): FaqList {
  return {
    items: [makeItem()],
    total: 1,
    locales: ['en', 'de', 'fr'],
    sourceLocale: 'en',
    tags: ['guarantee', 'returns'],
    problems: [],
    conflicts: [],
    isFolderWritable: true,
    liveEntries: 257,
    contentVersion: 'v1',
    ...fields,
  };
}

export function makeDetail(fields: Partial<FaqEntryDetail> = {}): FaqEntryDetail {
  const live = makeRevision();
  const german = makeRevision({ locale: 'de', content: { question: 'Wie lange gilt die Garantie?', variants: [], answer: '25 Jahre.' } });
  return {
    id: 'warranty',
    sourceLocale: 'en',
    locales: [
      { ...makeLocale(), live, draft: null },
      { ...makeLocale({ locale: 'de', question: german.content.question, isStale: true }), live: german, draft: null },
    ],
    missingLocales: ['fr'],
    conflicts: [],
    suggestedPhrasings: [{ locale: 'en', text: 'my tent has a hole', count: 4 }],
    confirmedPhrasings: [],
    ...fields,
  };
}

export function makeGap(fields: Partial<FaqGap> = {}): FaqGap {
  const question = { conversationId: 'con_1', at: 1_000, wasDown: true, decision: 'abstain', tier: 'faq', rating: null } as const;
  return {
    id: 'msg_1',
    locale: 'en',
    question: 'Can I bring my llama?',
    count: 2,
    whenDown: 2,
    ratedDown: 0,
    weight: 8,
    questions: [
      { ...question, messageId: 'msg_1', text: 'Can I bring my llama?' },
      { ...question, messageId: 'msg_2', text: 'llamas\nallowed?' },
    ],
    nearest: null,
    suggestion: null,
    suggestedId: 'can-i-bring-my-llama',
    ...fields,
  };
}

export const TEST_RESULT: FaqTestResult = {
  against: 'draft',
  decision: { kind: 'answer', reason: null, entryIds: ['warranty'] },
  ranking: [
    {
      id: 'warranty',
      locale: 'en',
      question: WARRANTY.question,
      score: 0.91,
      isLocaleFallback: false,
      why: {
        phrasing: 'warranty period',
        origin: 'editor',
        matchedWords: ['guarantee'],
        unknownWords: ['zorp'],
        corrections: [{ from: 'garantee', to: 'guarantee' }],
        isOpposite: false,
        vote: 1,
        rivalVote: 0,
      },
    },
  ],
  thresholds: { matchAt: 0.5, answerAt: 0.6, offerAt: 0.2 },
  tiers: [
    { tier: 'claude', grounding: [{ id: 'warranty', question: WARRANTY.question, answer: WARRANTY.answer }], served: null },
    { tier: 'faq', grounding: [], served: WARRANTY.answer },
  ],
};

const NO_DAY = { questions: 10, answered: 7, offered: 2, askedBack: 0, abstained: 1, whenDown: 1, comparable: 0, agreed: 0 };

/** A house with one entry in two of three languages, and an editor signed in. */
export function faqHouse(list: Partial<FaqList> = {}): FakeHouse {
  const house = new FakeHouse();
  house.session = makeSession({ role: 'editor' });
  house.routes.set('GET /api/faq', () => makeList(list));
  house.routes.set('GET /api/faq/warranty', () => makeDetail());
  house.routes.set('GET /api/faq/readiness', () => {
    return { days: 30, totals: NO_DAY, answeredShare: 0.7, agreementShare: 0.9, summary: '', daily: [], confirmedPhrasings: 0 };
  });
  house.routes.set('POST /api/faq/test', () => TEST_RESULT);
  house.routes.set('POST /api/faq/replay', () => ({ asked: 12, unchanged: 12, changes: [], broken: 0, gained: 0 }));
  return house;
}

/** Saves as the server does: the next revision, without anything to warn about. */
export function acceptSaves(house: FakeHouse, id = 'warranty'): void {
  house.routes.set(`PUT /api/faq/${id}`, ({ content, locale, baseRevision, status }) => {
    const revision = { ...makeRevision({ entryId: id, author: 'Mara' }), content, locale, status, revision: Number(baseRevision) + 1 };
    return { ok: true, revision, warnings: [], file: status === 'draft' ? null : { path: `en/${id}.md`, isWritten: true, problem: null } };
  });
}
