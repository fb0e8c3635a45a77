import { useSyncExternalStore, type SubmitEvent } from 'react';
import { choices, countText, starsIn, starsText, type Model, type Shown } from './model.ts';

/** What the visitor has given, and a form for more. */
export function Page({ model }: { model: Model }) {
  const shown = useShown(model);
  return (
    <div className="page">
      <h1>Sample</h1>
      <Body model={model} shown={shown} />
      <p className="quiet">{shown.inCart} in your cart</p>
    </div>
  );
}

/** How many there are. */
export function Badge({ model }: { model: Model }) {
  const { entries } = useShown(model);
  return (
    <p className="badge">
      Sample: <a href="/sample">{countText(entries.length)}</a>
    </p>
  );
}

const useShown = (model: Model): Shown => useSyncExternalStore(model.onChange, () => model.shown);

function Body({ model, shown }: { model: Model; shown: Shown }) {
  const { status, entries, isSending, problem } = shown;
  if (status === 'loading') {
    return (
      <p className="wait" role="status">
        Loading …
      </p>
    );
  }
  if (status === 'failed') {
    return (
      <div className="problem" role="alert">
        <p>This cannot be shown right now.</p>
        <button type="button" onClick={model.load}>
          Try again
        </button>
      </div>
    );
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    model.add(starsIn(event.currentTarget));
  };
  return (
    <>
      <form onSubmit={submit}>
        <label htmlFor="stars">Stars</label>
        <select id="stars" name="stars">
          {choices.map((stars) => (
            <option key={stars} value={stars}>
              {starsText(stars)}
            </option>
          ))}
        </select>
        <button disabled={isSending}>Add</button>
      </form>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {entries.length === 0 && <p className="quiet">Nothing here yet.</p>}
      {entries.length > 0 && (
        <ul>
          {entries.map(({ entryId, stars }) => (
            <li key={entryId}>{starsText(stars)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
