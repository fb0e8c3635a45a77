/** Knows whether the page is just changing something on the server. */
export interface Sending {
  isUnderWay(): boolean;
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Counts requests that are no reads, whoever on the page sends them, and by which of the browser's two ways. */
export const watchSending = (signal: AbortSignal): Sending => {
  const { fetch } = window;
  const { open, send } = XMLHttpRequest.prototype;
  const changing = new WeakSet<XMLHttpRequest>();
  let count = 0;

  window.fetch = async (input, init) => {
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    if (reads.has(method.toUpperCase())) return fetch(input, init);
    count += 1;
    try {
      return await fetch(input, init);
    } finally {
      count -= 1;
    }
  };
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, ...rest: unknown[]) {
    if (reads.has(method.toUpperCase())) changing.delete(this);
    else changing.add(this);
    return Reflect.apply(open, this, [method, ...rest]);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (changing.has(this)) {
      count += 1;
      this.addEventListener('loadend', () => (count -= 1), { once: true });
    }
    return send.call(this, body);
  };
  signal.addEventListener('abort', () => {
    window.fetch = fetch;
    Object.assign(XMLHttpRequest.prototype, { open, send });
  });

  return { isUnderWay: () => count > 0 };
};
