/** What a form gets back. Typed values return with every refusal, so nothing a person typed is lost. */
export type ActionState<T = unknown> =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string; readonly value?: T }
  | {
      readonly status: "invalid";
      readonly message: string;
      /** by input name */
      readonly fields: Readonly<Record<string, string>>;
      readonly values: Readonly<Record<string, string>>;
      /** what is there now, when somebody else was faster */
      readonly current?: T;
      /** `message` is a question; each answer is a button that sends the form again with its name and value. */
      readonly answers?: readonly { readonly name: string; readonly value: string; readonly label: string }[];
    };

export const IDLE: ActionState<never> = { status: "idle" };
