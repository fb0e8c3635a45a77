/** Numbers of a fixed size that may become more; twice the room whenever it runs out. */
export interface Growing<Values extends Uint8Array | Uint32Array | Float64Array> {
  /** Only the first `length` of them mean anything. Another one after each growth: never kept. */
  readonly values: Values;
  readonly length: number;
  push(value: number): void;
}

/** @param make makes so many zeros */
export function growing<Values extends Uint8Array | Uint32Array | Float64Array>(
  make: (length: number) => Values,
  room = 4,
): Growing<Values> {
  let values = make(room);
  let length = 0;
  return {
    get values() {
      return values;
    },
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = make(Math.max(4, length * 2));
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
  };
}

/** The three kinds in use. */
export const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);
export const numbers = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
export const doubles = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
