import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { choices, countText, starsIn, starsText, type Model, type Shown } from './model.ts';

/** What the visitor has given, and a form for more. */
export function Page({ model }: { model: Model }) {
  const shown = useShown(model);
  return (
    <div class="page">
      <h1>Sample</h1>
      <Body model={model} shown={shown} />
      <p class="quiet">{shown.inCart} in your cart</p>
    </div>
  );
}

/** How many there are. */
export function Badge({ model }: { model: Model }) {
  const { entries } = useShown(model);
  return (
    <p class="badge">
      Sample: <a href="/sample">{countText(entries.length)}</a>
    </p>
  );
}

function useShown(model: Model): Shown {
  const [shown, setShown] = useState(model.shown);
  useEffect(() => {
    const take = () => setShown(model.shown);
    take();
    return model.onChange(take);
  }, [model]);
  return shown;
}

function Body({ model, shown }: { model: Model; shown: Shown }) {
  const { status, entries, isSending, problem } = shown;
  if (status === 'loading') {
    return (
      <p class="wait" role="status">
        Loading …
      </p>
    );
  }
  if (status === 'failed') {
    return (
      <div class="problem" role="alert">
        <p>This cannot be shown right now.</p>
        <button type="button" onClick={model.load}>
          Try again
        </button>
      </div>
    );
  }
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    model.add(starsIn(event.currentTarget));
  };
  return (
    <>
      <form onSubmit={submit}>
        <label for="stars">Stars</label>
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
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {entries.length === 0 && <p class="quiet">Nothing here yet.</p>}
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
