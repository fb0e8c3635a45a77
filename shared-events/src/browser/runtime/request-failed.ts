/** Why a request got no reply. Recognise it by `name` and `code`: the class differs from bundle to bundle. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  /** `no-answer`, `malformed`, `failed` (the handler broke), or the code of the handler's own error. */
  readonly code: string;
  /** `false`: no handler began, nothing has happened, asking again is safe. `true`: the outcome may be unknown. */
  readonly taken: boolean;

  constructor(code: string, message: string, taken = true) {
    super(message);
    this.code = code;
    this.taken = taken;
  }
}
