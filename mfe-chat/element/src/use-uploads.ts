import type { Attachment } from '@souk/chat-api';
import { computed, onUnmounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { ChatApiFailed } from './api-client.ts';
import { newId } from './new-id.ts';
import { reasonOf, say } from './say.ts';
import { upload, type Sent } from './upload.ts';

/** A file beside the message box. */
export interface ChosenFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** From 0 to 1. */
  readonly progress: number;
  readonly reason?: string;
  /** Sending it again may help. */
  readonly canRetry?: boolean;
  readonly sent?: Sent;
}

/** The files that go with the next message. */
export interface Uploads {
  readonly files: ShallowRef<readonly ChosenFile[]>;
  /** Something has not arrived yet, or has failed: the message has to wait. */
  readonly isBusy: ComputedRef<boolean>;
  add(chosen: Iterable<File>): void;
  /** Takes a file out again, also while it is on its way. */
  remove(id: string): void;
  retry(id: string): void;
  /** What was taken in, for the message; the box is empty afterwards. */
  take(): readonly Attachment[];
  /** Files of an earlier page, which the server has. */
  restore(sent: readonly Sent[]): void;
}

/** As the server says; asked there again. */
const maxFiles = 6;
const maxBytes = 8 * 1024 * 1024;

/** Opens the files of one message box. */
export function useUploads(conversationId: () => string | undefined): Uploads {
  const files = shallowRef<readonly ChosenFile[]>([]);
  const running = new Map<string, { file: File; stop: AbortController }>();

  function change(id: string, to: Partial<ChosenFile>): void {
    files.value = files.value.map((one) => (one.id === id ? { ...one, ...to } : one));
  }
  async function start(id: string, file: File): Promise<void> {
    const stop = new AbortController();
    running.set(id, { file, stop });
    try {
      const sent = await upload(file, conversationId(), (progress) => change(id, { progress }), stop.signal);
      change(id, { state: 'ready', progress: 1, sent });
    } catch (error) {
      if (stop.signal.aborted) return;
      const { status = 0, detail } = error instanceof ChatApiFailed ? error : {};
      const reason = reasonOf(detail);
      change(id, { state: 'failed', reason, canRetry: status === 0 || status === 429 || status >= 500 });
    }
  }
  function add(chosen: Iterable<File>): void {
    for (const file of chosen) {
      const { name, size } = file;
      const id = newId();
      const one: ChosenFile = { id, name, size, state: 'uploading', progress: 0 };
      if (files.value.length >= maxFiles) return;
      if (size > maxBytes) {
        files.value = [...files.value, { ...one, state: 'failed', reason: say().tooLarge }];
        continue;
      }
      files.value = [...files.value, one];
      void start(id, file);
    }
  }
  function remove(id: string): void {
    running.get(id)?.stop.abort();
    running.delete(id);
    files.value = files.value.filter((one) => one.id !== id);
  }
  onUnmounted(() => {
    for (const { stop } of running.values()) stop.abort();
  });

  return {
    files,
    isBusy: computed(() => files.value.some(({ state }) => state !== 'ready')),
    add,
    remove,
    retry(id) {
      const again = running.get(id);
      if (!again) return;
      change(id, { state: 'uploading', progress: 0 });
      void start(id, again.file);
    },
    take() {
      const taken = files.value.flatMap(({ sent }) => (sent ? [sent.attachment] : []));
      for (const { id } of files.value) running.delete(id);
      files.value = [];
      return taken;
    },
    restore(sent) {
      files.value = sent.map((one) => {
        const { name, size } = one.attachment;
        return { id: newId(), name, size, state: 'ready', progress: 1, sent: one };
      });
    },
  };
}
