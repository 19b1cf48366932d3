/** A text as a unit vector over the features the index knows; `ids` ascend. */
export interface SparseVector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** Dot product of two sparse vectors, by walking both in step. */
export function dot(first: SparseVector, second: SparseVector): number {
  let sum = 0;
  let left = 0;
  let right = 0;
  while (left < first.ids.length && right < second.ids.length) {
    const difference = (first.ids[left] ?? 0) - (second.ids[right] ?? 0);
    if (difference === 0) sum += (first.values[left] ?? 0) * (second.values[right] ?? 0);
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return sum;
}

/** Documents by feature: `documents` and `values` of feature `id` lie between `offsets[id]` and `offsets[id + 1]`. */
export interface Postings {
  readonly offsets: Int32Array;
  readonly documents: Int32Array;
  readonly values: Float32Array;
}

export function invert(vectors: readonly SparseVector[], featureCount: number): Postings {
  const offsets = offsetsOf(vectors, featureCount);
  const next = offsets.slice();
  const size = offsets[featureCount] ?? 0;
  const documents = new Int32Array(size);
  const values = new Float32Array(size);
  for (const [document, vector] of vectors.entries()) {
    for (let position = 0; position < vector.ids.length; position++) {
      const id = vector.ids[position] ?? 0;
      const slot = next[id] ?? 0;
      documents[slot] = document;
      values[slot] = vector.values[position] ?? 0;
      next[id] = slot + 1;
    }
  }
  return { offsets, documents, values };
}

/** Where the documents of each feature start. */
function offsetsOf(vectors: readonly SparseVector[], featureCount: number): Int32Array {
  const offsets = new Int32Array(featureCount + 1);
  for (const vector of vectors) for (const id of vector.ids) offsets[id + 1] = (offsets[id + 1] ?? 0) + 1;
  for (let id = 0; id < featureCount; id++) offsets[id + 1] = (offsets[id + 1] ?? 0) + (offsets[id] ?? 0);
  return offsets;
}

/** Dot product of one vector with every document. */
export function dotWithAll(vector: SparseVector, postings: Postings, documentCount: number): Float32Array {
  const sums = new Float32Array(documentCount);
  for (let position = 0; position < vector.ids.length; position++) {
    const id = vector.ids[position] ?? 0;
    const value = vector.values[position] ?? 0;
    const end = postings.offsets[id + 1] ?? 0;
    for (let slot = postings.offsets[id] ?? 0; slot < end; slot++) {
      const document = postings.documents[slot] ?? 0;
      sums[document] = (sums[document] ?? 0) + value * (postings.values[slot] ?? 0);
    }
  }
  return sums;
}
