export type SmallTalk = 'greeting' | 'thanks' | 'person';

/** Whole short messages; a greeting in front of a question is a question. */
const GREETING =
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|moin|bonjour|bonsoir|salut|hola|buen[oa]s(?: d[ií]as| tardes| noches)?|ol[aá]|bom dia|boa (?:tarde|noite)|こんにちは|こんばんは|おはよう(?:ございます)?|你好|您好|嗨|مرحبا|مرحبًا|أهلا|السلام عليكم)(?: there| again| zusammen| à tous)?$/u;
const THANKS =
  /^(?:(?:ok(?:ay)?|great|perfect|super) )?(?:many thanks|thanks?(?: you| a lot| so much)*|cheers|thx|danke(?: schön| sehr)?|vielen dank|merci(?: beaucoup)?|(?:muchas )?gracias|(?:muito )?obrigad[oa]|ありがとう(?:ございます|ございました)?|谢谢(?:你|您)?|شكرا|شكرًا)(?: (?:very much|bye|that helped|for (?:the|your) help))*$/u;
const PERSON =
  /\b(?:(?:talk|speak|chat|connect|transfer)\b.*\b(?:human|person|agent|someone|somebody|representative)|(?:real|live|human) (?:human|person|agent)|mit (?:einem menschen|einer person|jemandem|einem mitarbeiter)|parler à (?:une personne|un humain|quelqu'un|un conseiller)|hablar con (?:una persona|un humano|alguien|un agente)|falar com (?:uma pessoa|um humano|alguém|um atendente))|人工|担当者|オペレーター|التحدث (?:مع|إلى) (?:شخص|موظف)/u;
const ECHO = /\b(?:reply|respond|answer|say)\b[^.]*?\b(ok|pong|yes|ready)\b/i;

/** Recognises messages that need no article; `null` means that the message asks something. */
export function recogniseSmallTalk(question: string): SmallTalk | null {
  const plain = question
    .toLowerCase()
    .replaceAll(/[!.,?。！？；、，؟،…]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (GREETING.test(plain)) return 'greeting';
  if (THANKS.test(plain)) return 'thanks';
  return PERSON.test(plain) ? 'person' : null;
}

/** The one word that a health probe asks to have repeated ("Reply with OK."); `null` for anything longer or different. */
export function requestedEcho(question: string): string | null {
  if (question.length > 80) return null;
  if (/^ping[.!?]?$/i.test(question)) return 'pong';
  const [, word] = ECHO.exec(question) ?? [];
  return word ?? null;
}
