import type { Call, Entry } from './entry.ts';
import type { LoggedEvent } from './log-of-trace.ts';
import { make } from './make.ts';
import type { Who } from './who.ts';

/** What a row needs to know beside its entry. */
export interface RowOptions {
  readonly who: Who;
  /** What the log has of a call; `undefined` where nobody may ask. */
  readonly logOf: ((traceId: string) => Promise<readonly LoggedEvent[] | undefined>) | undefined;
}

/** One line of the list, with everything that is known of it below, once it is opened. */
export interface Row {
  readonly item: HTMLLIElement;
  /** The entry has changed. */
  update(): void;
}

/** A disclosure: a button that says what passed, and a part that is filled when it is opened. */
export const createRow = (entry: Entry, { who, logOf }: RowOptions): Row => {
  const title = make('button', { type: 'button', className: 'row' });
  title.setAttribute('aria-expanded', 'false');
  const more = make('div', { className: 'more', hidden: true });
  const item = make('li', {}, [title, more]);
  item.dataset['kind'] = entry.kind;

  const update = (): void => {
    const { kind, type, atMs, sender, dropped, outcome, calls } = entry;
    const receivers = who.receiversOf(type.replace(/:reply$/, ''));
    const to = receivers.length > 0 ? ` → ${receivers.join(', ')}` : '';
    const marks = [
      ...(dropped > 0 ? [make('span', { className: 'mark bad', textContent: 'dropped' })] : []),
      ...(outcome && !outcome.ok ? [make('span', { className: 'mark bad', textContent: 'refused' })] : []),
      ...(calls.length > 0 ? [make('span', { className: 'mark', textContent: `${calls.length} HTTP` })] : []),
    ];
    title.replaceChildren(
      make('span', { className: 'time', textContent: `${(atMs / 1000).toFixed(2)} s` }),
      make('span', { className: 'kind', textContent: kind }),
      make('span', { className: 'type', textContent: type }),
      make('span', { className: 'way', textContent: kind === 'reply' ? sender : `${sender}${to}` }),
      ...marks,
    );
    if (!more.hidden) fill();
  };

  const fill = (): void => {
    const facts = [
      line('Detail', make('pre', { textContent: JSON.stringify(entry.detail, null, 2) ?? 'undefined' })),
      line('Validation', validationText(entry)),
      ...(entry.outcome ? [line('Answer', answerText(entry.outcome))] : []),
      ...(entry.calls.length > 0
        ? [
            line(
              'Caused',
              make(
                'ul',
                {},
                entry.calls.map((call) => callItem(call, logOf)),
              ),
            ),
          ]
        : []),
    ];
    more.replaceChildren(make('dl', {}, facts));
  };

  title.addEventListener('click', () => {
    more.hidden = !more.hidden;
    title.setAttribute('aria-expanded', String(!more.hidden));
    if (!more.hidden) fill();
  });
  update();
  return { item, update };
};

const line = (name: string, value: string | Node): HTMLElement =>
  make('div', {}, [make('dt', { textContent: name }), make('dd', {}, [value])]);

const validationText = ({ dropped, kind }: Entry): string => {
  if (dropped > 0) return `malformed: ${dropped} ${dropped === 1 ? 'receiver' : 'receivers'} dropped it`;
  return kind === 'call' ? 'not an event' : 'nobody found anything wrong with it';
};

const answerText = ({ ok, text, tookMs }: NonNullable<Entry['outcome']>): string =>
  `${ok ? 'done' : 'refused'} after ${Math.round(tookMs)} ms: ${text}`;

/** The call, and below it what the log says that followed. */
const callItem = (call: Call, logOf: RowOptions['logOf']): HTMLLIElement => {
  const { method, path, status, tookMs = 0 } = call;
  const end = status === undefined ? 'no answer yet' : status === 0 ? 'no answer' : `${status}`;
  const item = make('li', {}, [`${method} ${path} · ${end} · ${Math.round(tookMs)} ms`]);
  if (!logOf || status === undefined) return item;
  const followed = make('ol', { className: 'log' });
  item.append(make('div', { className: 'trace', textContent: `trace ${call.traceId}` }), followed);
  void logOf(call.traceId).then((events) => {
    const texts = events?.map(loggedText) ?? ['the log does not answer'];
    followed.replaceChildren(
      ...(texts.length > 0 ? texts : ['no events']).map((text) => make('li', { textContent: text })),
    );
  });
  return item;
};

const loggedText = ({ stream, position, type, pushed }: LoggedEvent): string =>
  pushed ? `pushed ${pushed} (${stream} ${position})` : `${type} (${stream} ${position})`;
