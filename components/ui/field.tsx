import clsx from "clsx";
import { CircleAlert } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** What every field has around its control. `id` defaults to `name`; give it when two forms share a page. */
export type FieldProps = {
  name: string;
  label: ReactNode;
  id?: string;
  hint?: ReactNode;
  /** The sentence from the server that names the remedy. */
  error?: string | undefined;
  /** Says "optional" beside the label; the others are required by the schema, not by a star. */
  optional?: boolean;
  /** Label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
};

/** The attributes that tie a control to its label, hint and error. */
export type ControlProps = {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** Label, control, hint and error, wired to each other. The control is drawn by the function. */
export function Field({
  children,
  ...field
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const control = controlOf(field);
  return (
    <div className={clsx("min-w-0", field.className)}>
      <label
        htmlFor={control.id}
        className={clsx("mb-1.5 block text-sm font-medium", field.hideLabel && "sr-only")}
      >
        {field.label}
        {field.optional && <span className="ml-1.5 font-normal text-muted">optional</span>}
      </label>
      {children(control)}
      <FieldNotes id={control.id} hint={field.hint} error={field.error} />
    </div>
  );
}

export function controlOf({ id, name, hint, error }: FieldProps): ControlProps {
  const own = id ?? name;
  const describedBy = [error && `${own}-error`, hint && `${own}-hint`].filter(Boolean).join(" ");
  return {
    id: own,
    name,
    "aria-describedby": describedBy || undefined,
    "aria-invalid": error ? true : undefined,
  };
}

/** Hint and error under a control; the error comes first, since it is what to act on. */
export function FieldNotes({
  id,
  hint,
  error,
}: {
  id: string;
  hint?: ReactNode;
  error?: string | undefined;
}) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-sm text-bad">
          <Icon of={CircleAlert} className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
    </>
  );
}
