import { Field, type FieldProps } from "./field";
import { Input } from "./input";
import { Select } from "./select";

type MoneyFieldProps = FieldProps & {
  /** As typed, e.g. "1,234.56": text, never a number. */
  defaultValue?: string | undefined;
  currencyName?: string;
  currencies: readonly { code: string; label?: string }[];
  defaultCurrency?: string | undefined;
  currencyError?: string | undefined;
  autoFocus?: boolean;
  required?: boolean;
  placeholder?: string;
  /** Shows a minus sign's place is allowed: the phone keyboard then offers one. */
  signed?: boolean;
};

/** An amount and its currency side by side; the server reads the characters, so no digit is ever lost. */
export function MoneyField({
  defaultValue,
  currencyName = "currency",
  currencies,
  defaultCurrency,
  currencyError,
  autoFocus,
  required,
  placeholder = "0.00",
  signed = false,
  ...field
}: MoneyFieldProps) {
  const error = [field.error, currencyError].filter(Boolean).join(" ") || undefined;
  return (
    <Field {...field} error={error}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type="text"
            inputMode={signed ? "text" : "decimal"}
            autoComplete="off"
            className="min-w-0 flex-1 text-end"
            defaultValue={defaultValue}
            // The form was opened to type this amount.
            autoFocus={autoFocus}
            required={required}
            placeholder={placeholder}
          />
          <Select
            name={currencyName}
            id={`${control.id}-currency`}
            aria-label="Currency"
            aria-invalid={currencyError ? true : undefined}
            className="w-28 shrink-0"
            defaultValue={defaultCurrency}
            options={currencies.map(({ code, label }) => ({ value: code, label: label ?? code }))}
          />
        </div>
      )}
    </Field>
  );
}
