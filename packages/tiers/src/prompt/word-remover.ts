export interface WordRemover {
  push(piece: string): string;
  end(): string;
  readonly hasFound: boolean;
}

/** Stands where the word was. Without it the parts around could join to the same word again. */
const GAP = '[…]';

/** Removes a word from streamed text, in any case and however it is cut; holds back only what could be its beginning. */
export function createWordRemover(word: string): WordRemover {
  const wanted = asciiLowered(word);
  let held = '';
  let hasFound = false;

  /** Everything up to and behind the last whole word in `held`. */
  function takeFound(): string {
    let taken = '';
    for (let at = asciiLowered(held).indexOf(wanted); at !== -1; at = asciiLowered(held).indexOf(wanted)) {
      hasFound = true;
      taken += take(at) + GAP;
      take(wanted.length);
    }
    return taken;
  }

  function take(length: number): string {
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  }

  return {
    push(piece) {
      if (wanted === '') return piece;
      held += piece;
      const found = takeFound();
      return found + take(held.length - beginningLength(asciiLowered(held), wanted));
    },
    end: () => take(held.length),
    get hasFound() {
      return hasFound;
    },
  };
}

/** Keeps the length, which `toLowerCase` does not for every letter. */
function asciiLowered(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Length of the longest end of `text` that is a beginning of `wanted`. */
function beginningLength(text: string, wanted: string): number {
  for (let length = Math.min(text.length, wanted.length - 1); length > 0; length -= 1) {
    if (wanted.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
