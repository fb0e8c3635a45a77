/** How one environment variable is read. */
export interface Setting<Value> {
  /** @throws {Error} whose message continues «NAME: …» and says what would be right */
  read(text: string | undefined): Value;
}

/** Settings by name of their variable. */
export type ConfigSpec = Readonly<Record<string, Setting<unknown>>>;

/** What a spec reads. */
export type Config<Spec extends ConfigSpec> = {
  readonly [Name in keyof Spec]: Spec[Name] extends Setting<infer Value> ? Value : never;
};

/** Environment variables are wrong; `lines` has one line for each, to be shown as they are. */
export class ConfigError extends Error {
  readonly code = 'config';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/**
 * Reads all settings at once. An empty variable counts as not set.
 * @throws {ConfigError} with a line for each wrong value, such as
 * `PORT: "abc" is not a port; use a number from 1 to 65535`
 */
export function loadConfig<Spec extends ConfigSpec>(
  spec: Spec,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config<Spec> {
  const lines: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(spec)) {
    const text = env[name]?.trim();
    try {
      values[name] = setting.read(text === '' ? undefined : text);
    } catch (error) {
      lines.push(`${name}: ${error instanceof Error ? error.message : 'is not valid'}`);
    }
  }
  if (lines.length > 0) throw new ConfigError(lines);
  return values as Config<Spec>;
}

interface WithDefault<Value> {
  /** Without one the variable must be set. */
  readonly default?: Value;
}

/** The kinds of settings: `setting.port({ default: 3000 })`. */
export const setting = {
  /** A TCP port. */
  port: (options: WithDefault<number> = {}): Setting<number> =>
    withDefault(options, 'a number from 1 to 65535', (text) => {
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= 1 && value <= 65_535) return value;
      throw new Error(`${quote(text)} is not a port; use a number from 1 to 65535`);
    }),

  /** A whole number in a range. */
  integer: (options: WithDefault<number> & { readonly min: number; readonly max: number }): Setting<number> => {
    const right = `a whole number from ${options.min} to ${options.max}`;
    return withDefault(options, right, (text) => {
      const value = Number(text);
      if (/^-?\d+$/.test(text) && value >= options.min && value <= options.max) return value;
      throw new Error(`${quote(text)} is not right; use ${right}`);
    });
  },

  /** Any text, such as a folder or a host. */
  text: (options: WithDefault<string> & { readonly right?: string } = {}): Setting<string> =>
    withDefault(options, options.right ?? 'some text', (text) => text),

  /** One of a few words. */
  oneOf: <const Word extends string>(words: readonly Word[], options: WithDefault<Word> = {}): Setting<Word> => {
    const right = words.map((word) => `"${word}"`).join(' or ');
    return withDefault(options, right, (text) => {
      const found = words.find((word) => word === text);
      if (found !== undefined) return found;
      throw new Error(`${quote(text)} is not known; use ${right}`);
    });
  },

  /** `http` or `https` address. */
  url: (options: WithDefault<string> = {}): Setting<string> =>
    withDefault(options, 'an address such as http://localhost:3000', (text) => {
      if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
      throw new Error(`${quote(text)} is not an address; use one such as http://localhost:3000`);
    }),

  /** A secret; its value is never in a message. `null` as default: it may be left out. */
  secret: <Fallback extends string | null = never>(
    options: { readonly minChars?: number; readonly default?: Fallback } = {},
  ): Setting<string | Fallback> => {
    const right = `${options.minChars ?? 32} characters or more`;
    return withDefault<string | Fallback>(options, right, (text) => {
      if (text.length >= (options.minChars ?? 32)) return text;
      throw new Error(`is too short; use ${right}`);
    });
  },
};

function withDefault<Value>(
  options: WithDefault<Value>,
  right: string,
  parse: (text: string) => Value,
): Setting<Value> {
  return {
    read(text) {
      if (text !== undefined) return parse(text);
      if (options.default !== undefined) return options.default;
      throw new Error(`is not set; use ${right}`);
    },
  };
}

/** Shortened and printable: a wrong value may be anything. */
function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
