/** Runs one piece of work at a time, in the order it was given. */
export interface Queue {
  run<Value>(work: () => Promise<Value>): Promise<Value>;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work);
      // The next one does not care whether this one failed; its caller does.
      last = result.catch(() => undefined);
      return result;
    },
  };
}
