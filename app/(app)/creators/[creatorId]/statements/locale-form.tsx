import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/select";
import { LOCALES } from "@/lib/locale";

/** For a reader who writes numbers and dates otherwise: an accountant abroad. The words stay English. */
export function LocaleForm({ locale }: { locale: string }) {
  return (
    <form method="get" className="mt-6 flex flex-wrap items-end gap-3 print:hidden">
      <SelectField
        label="Write numbers and dates as in"
        name="locale"
        defaultValue={locale}
        options={LOCALES.map(({ code, label }) => ({ value: code, label }))}
      />
      <Button type="submit">Show</Button>
    </form>
  );
}
