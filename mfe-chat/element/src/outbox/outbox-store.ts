import type { Outgoing } from '../thread-state.ts';

/** Messages that have not arrived yet, in the order they were written. */
export interface OutboxStore {
  all(): Promise<readonly Outgoing[]>;
  /** Adds a message at the end, or changes the one with this clientMsgId in its place. */
  put(message: Outgoing): Promise<void>;
  remove(clientMsgId: string): Promise<void>;
}

interface Row {
  readonly order?: number;
  /** Whose it is: another person at the same browser must not send it. */
  readonly owner: string;
  readonly message: Outgoing;
}

const storeName = 'outbox';

/** For as long as the page lives. */
export function memoryStore(): OutboxStore {
  const messages = new Map<string, Outgoing>();
  return {
    all: async () => [...messages.values()],
    put: async (message) => void messages.set(message.clientMsgId, message),
    remove: async (clientMsgId) => void messages.delete(clientMsgId),
  };
}

/** In this browser, over reloads and for all tabs. @param owner whose messages these are */
export function browserStore(owner: string): OutboxStore {
  async function work<Result>(
    mode: IDBTransactionMode,
    run: (store: IDBObjectStore, own: IDBRequest<Row[]>) => IDBRequest<Result> | undefined,
  ): Promise<Result | undefined> {
    const db = await openDatabase();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = db.transaction(storeName, mode);
        const store = transaction.objectStore(storeName);
        const own = store.index('owner').getAll(owner) as IDBRequest<Row[]>;
        let result: Result | undefined;
        own.onsuccess = () => {
          const request = run(store, own);
          if (request) request.onsuccess = () => (result = request.result);
        };
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
      });
    } finally {
      db.close();
    }
  }
  const orderOf = (own: IDBRequest<Row[]>, clientMsgId: string) =>
    own.result.find(({ message }) => message.clientMsgId === clientMsgId)?.order;

  return {
    async all() {
      let rows: readonly Row[] = [];
      await work('readonly', (_store, own) => void (rows = own.result));
      return rows.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)).map(({ message }) => message);
    },
    async put(message) {
      await work('readwrite', (store, own) => {
        const order = orderOf(own, message.clientMsgId);
        // Vue's proxies cannot be cloned, plain data can.
        const row: Row = { owner, message: JSON.parse(JSON.stringify(message)) as Outgoing };
        return store.put(order === undefined ? row : { ...row, order });
      });
    },
    async remove(clientMsgId) {
      await work('readwrite', (store, own) => {
        const order = orderOf(own, clientMsgId);
        return order === undefined ? undefined : (store.delete(order) as IDBRequest<unknown>);
      });
    },
  };
}

/** Forgets what others wrote at this browser: their sessions are over, so it can be sent by nobody any more. */
export async function forgetOthers(owner: string): Promise<void> {
  const db = await openDatabase();
  try {
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction(storeName, 'readwrite');
      const cursors = transaction.objectStore(storeName).openCursor();
      cursors.onsuccess = () => {
        const cursor = cursors.result;
        if (!cursor) return;
        if ((cursor.value as Row).owner !== owner) cursor.delete();
        cursor.continue();
      };
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
    });
  } finally {
    db.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('souk-chat', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(storeName, { keyPath: 'order', autoIncrement: true });
      store.createIndex('owner', 'owner');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('no database', 'UnknownError'));
  });
}
