/** Phrases that try to steer a model (checklist D28), in the languages the FAQ is kept in. A find is a warning, never a refusal. */
const INSTRUCTIONS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:rules?|instructions?|prompts?|guidelines?|polic(?:y|ies)|everything above|what you were told)\b/giu,
  /\b(?:you are now|act as|pretend (?:to be|you are)|from now on,? you|new instructions?:|system prompt|developer mode|jailbreak)\b/giu,
  /\b(?:answer|reply|respond|say|output|print)\b[^.!?\n]{0,30}\b(?:only with|exactly|nothing but|verbatim)\b/giu,
  /\b(?:answer|reply|respond|output)\s+[A-Z]{4,}\b/gu,
  /\b(?:ignorier\p{L}*|missacht\p{L}*|vergiss|vergessen sie)\b[^.!?\n]{0,40}\b(?:regeln?|anweisung\p{L}*|vorgaben|prompt)/giu,
  /\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,40}(?:règles?|instructions?|consignes?)/giu,
  /\b(?:ignora|olvida|ignore|esquece|esqueça)\b[^.!?\n]{0,40}(?:reglas?|instrucciones|regras?|instruções)/giu,
  /(?:指示|ルール|規則|プロンプト)[^。\n]{0,12}(?:無視|忘れ)/gu,
  /(?:忽略|无视|忘记)[^。\n]{0,12}(?:规则|指令|指示|提示)/gu,
  /(?:تجاهل|انس)[^.\n]{0,30}(?:القواعد|التعليمات)/gu,
  /^\s*(?:system|assistant|developer|user)\s*:/gimu,
  /\\?<\s*\/?\s*(?:faq_entr(?:y|ies)|system|instructions?|prompt|interrupted_answer)\b[^>\n]{0,40}>?/giu,
  /\[\/?INST\]|<\|[a-z_]+\|>/giu,
];
const SHOWN_CHARACTERS = 60;
const MOST_SHOWN = 5;

/** Pieces of a text that read like orders to a model; at most five. */
export function instructionsIn(text: string): readonly string[] {
  const found = INSTRUCTIONS.flatMap((pattern) => [...text.matchAll(pattern)].map(([piece]) => piece.trim().slice(0, SHOWN_CHARACTERS)));
  return [...new Set(found)].slice(0, MOST_SHOWN);
}
