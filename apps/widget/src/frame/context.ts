import type { VisitorClient } from '@stepdown/client';
import { createContext, use } from 'react';
import type { WidgetEvent } from '../host-protocol.ts';
import type { Texts } from '../locales/texts.ts';
import type { AnswerKit } from './conversation/use-answer-kit.ts';

export interface WidgetContext {
  readonly client: VisitorClient;
  readonly texts: Texts;
  readonly locale: string;
  /** Null until it is fetched; `wantKit` fetches it. */
  readonly kit: AnswerKit | null;
  readonly wantKit: () => void;
  /** Tells the page; it may listen or not. */
  readonly emit: (name: WidgetEvent, detail?: unknown) => void;
}

export const Widget = createContext<WidgetContext | null>(null);

export function useWidget(): WidgetContext {
  const context = use(Widget);
  if (!context) throw new Error('a component of the widget is rendered outside of <Widget>');
  return context;
}
