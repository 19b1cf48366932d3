import { type Clock, type GroundingEntry, type Log, messageOf, type TierId } from '@stepdown/kernel';
import { type AskedQuestion, askedQuestion, fingerprintOf } from './question-key.ts';
import {
  maySave,
  mayServe,
  type QuestionFacts,
  type SavedEntry,
  type SourceVersion,
  servableQuestion,
  sourceRevision,
} from './saved-answer.ts';

/** Where saved answers lie; shared by every process of the installation. */
export interface SavedAnswerShelf {
  get(fingerprint: string): Promise<SavedEntry | undefined>;
  put(entry: SavedEntry): Promise<void>;
  evict(fingerprint: string): Promise<boolean>;
}

export interface SavedAnswerPorts {
  readonly shelf: SavedAnswerShelf;
  /** What an entry says now, in every language it is served in; empty when it is gone or expired. */
  readonly versionsOf: (entryId: string) => readonly SourceVersion[];
  /** False once the conversation was deleted. */
  readonly isKnown: (conversationId: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  /** Changes with everything the models are told besides the question. */
  readonly promptVersion: string;
  /** How long an answer is served, ms. */
  readonly keptMs: number;
  /** Longest wait for the shelf, ms: the floor must answer, with or without it. */
  readonly lookUpMs: number;
}

export interface SavedAnswer {
  readonly text: string;
  readonly sourceIds: readonly string[];
  /** Who wrote it, and when (epoch ms). */
  readonly tier: TierId;
  readonly model: string | undefined;
  readonly savedAt: number;
}

export interface AnsweredQuestion {
  readonly text: string;
  readonly tier: TierId;
  readonly model: string;
  readonly sourceIds: readonly string[];
  /** What the model was given. */
  readonly grounding: readonly GroundingEntry[];
}

/** One question at the shelf. */
export interface SavedAnswerLookUp {
  /** Settles within `lookUpMs`, never rejects. */
  readonly found: Promise<SavedAnswer | undefined>;
  /** Saves the finished answer if others may be given it. Returns at once; what goes wrong is logged. */
  keep(answer: AnsweredQuestion): void;
}

export interface SavedAnswers {
  /** Starts looking at once. */
  open(question: QuestionFacts & { readonly conversationId: string }): SavedAnswerLookUp;
  /** Somebody was not helped by it. */
  evict(question: { readonly text: string; readonly locale: string }): Promise<void>;
}

/** Answers that models gave to first questions, for the next one who asks the same. */
export function createSavedAnswers(ports: SavedAnswerPorts): SavedAnswers {
  const fingerprint = (asked: AskedQuestion, locale: string): string =>
    fingerprintOf(asked, { locale, promptVersion: ports.promptVersion });

  async function find(question: QuestionFacts): Promise<SavedEntry | undefined> {
    const asked = servableQuestion(question);
    if (asked === undefined) return undefined;
    const entry = await ports.shelf.get(fingerprint(asked, question.locale));
    if (entry === undefined) return undefined;
    const revision = sourceRevision(entry.sourceIds, ports.versionsOf);
    const isServed = mayServe(entry, { ...asked, locale: question.locale }, { at: ports.clock.now(), sourceRevision: revision });
    // What its articles no longer say is not kept a moment longer than it takes to notice.
    if (entry.faqRevision !== revision) await ports.shelf.evict(entry.fingerprint);
    return isServed ? entry : undefined;
  }

  async function save(question: QuestionFacts & { conversationId: string }, answer: AnsweredQuestion): Promise<void> {
    const asked = askedQuestion(question.text, question.locale);
    const sources = answer.sourceIds.flatMap((id) => answer.grounding.filter((entry) => entry.id === id));
    const sourceTexts = sources.map((entry) => `${entry.question}\n${entry.answer}`);
    if (asked === undefined || !maySave(question, { ...answer, sourceTexts })) return;
    // Edited while the model wrote: the answer is about words that are gone.
    if (!sources.every((entry) => ports.versionsOf(entry.id).some(saysTheSameAs(entry)))) return;
    const faqRevision = sourceRevision(answer.sourceIds, ports.versionsOf);
    if (faqRevision === undefined) return;
    const now = ports.clock.now();
    const entry: SavedEntry = {
      fingerprint: fingerprint(asked, question.locale),
      locale: question.locale,
      question: question.text,
      normalized: asked.asked,
      answer: answer.text,
      sourceIds: answer.sourceIds,
      tier: answer.tier,
      model: answer.model,
      createdAt: now,
      expiresAt: now + ports.keptMs,
      faqRevision,
      conversationId: question.conversationId,
    };
    await ports.shelf.put(entry);
    // Deleting a conversation deletes what was saved from it; this may have come just after (checklist D37).
    if (!(await ports.isKnown(question.conversationId))) await ports.shelf.evict(entry.fingerprint);
  }

  return {
    open(question) {
      const warn = (cause: unknown, message: string): undefined => void ports.log.warn({ cause: messageOf(cause) }, message);
      const looking = find(question).catch((cause: unknown) => warn(cause, 'The saved answers could not be read.'));
      return {
        found: withinBudget(ports, looking),
        keep(answer) {
          save(question, answer).catch((cause: unknown) => warn(cause, 'An answer could not be saved for others.'));
        },
      };
    },
    async evict({ text, locale }) {
      const asked = askedQuestion(text, locale);
      if (asked !== undefined) await ports.shelf.evict(fingerprint(asked, locale));
    },
  };
}

function saysTheSameAs(entry: GroundingEntry): (version: SourceVersion) => boolean {
  return ({ question, answer }) => question === entry.question && answer === entry.answer;
}

function withinBudget(ports: SavedAnswerPorts, looking: Promise<SavedEntry | undefined>): Promise<SavedAnswer | undefined> {
  const { promise, resolve } = Promise.withResolvers<SavedAnswer | undefined>();
  const timer = ports.clock.setTimeout(() => resolve(undefined), ports.lookUpMs);
  void looking.then((entry) => {
    ports.clock.clearTimeout(timer);
    resolve(entry && servedAnswer(entry));
  });
  return promise;
}

function servedAnswer({ answer, sourceIds, tier, model, createdAt }: SavedEntry): SavedAnswer {
  return { text: answer, sourceIds, tier, model, savedAt: createdAt };
}
