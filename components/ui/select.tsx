import clsx from "clsx";
import { ChevronDown } from "lucide";
import type { ComponentProps, ReactNode } from "react";
import { Field, type FieldProps } from "./field";
import { Icon } from "./icon";

export type Option = { value: string; label: string; disabled?: boolean };
export type OptionGroup = { label: string; options: readonly Option[] };

type SelectAttributes = Omit<ComponentProps<"select">, "name" | "id" | "className" | "children">;

/** The native select: the phone's own wheel, type-ahead and screen-reader support for nothing. */
export function Select({
  options,
  empty,
  className,
  ...rest
}: SelectAttributes & {
  options: readonly (Option | OptionGroup)[];
  /** A first choice that means none, e.g. "Choose…". */
  empty?: string | undefined;
  className?: string | undefined;
  id?: string;
  name?: string;
}) {
  return (
    <span className={clsx("relative block", className)}>
      {/* React keeps a select's first default for ever; a new key takes over the value the server sent back. */}
      <select key={String(rest.defaultValue ?? "")} className="control appearance-none pr-8!" {...rest}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((item) =>
          "options" in item ? (
            <optgroup key={item.label} label={item.label}>
              {item.options.map(optionOf)}
            </optgroup>
          ) : (
            optionOf(item)
          ),
        )}
      </select>
      <Icon
        of={ChevronDown}
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

function optionOf({ value, label, disabled }: Option): ReactNode {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  );
}

export function SelectField({
  name,
  label,
  id,
  hint,
  error,
  optional,
  hideLabel,
  className,
  ...rest
}: FieldProps & SelectAttributes & { options: readonly (Option | OptionGroup)[]; empty?: string }) {
  return (
    <Field {...{ name, label, id, hint, error, optional, hideLabel, className }}>
      {(control) => <Select {...rest} {...control} />}
    </Field>
  );
}
