import { type Option, SelectField } from "@/components/ui/select";
import type { Stream } from "@/lib/model/words";

/** What a payout can belong to, by the first entry of its chain. */
export type BelongsChoices = { deals: readonly Option[]; placements: readonly Option[] };

type BelongsToProps = {
  stream: Stream;
  choices: BelongsChoices;
  field: (name: "dealId" | "placementId") => {
    name: string;
    id: string;
    error: string | undefined;
    defaultValue: string | undefined;
  };
};

/** The deal that a sponsorship was paid for, or the placement that a commission came from. */
export function BelongsTo({ stream, choices, field }: BelongsToProps) {
  if (stream === "sponsorship" && choices.deals.length > 0)
    return (
      <SelectField
        {...field("dealId")}
        label="Of which deal"
        options={choices.deals}
        empty="None"
        optional
        hint="Once its money has arrived, the deal is paid."
      />
    );
  if (stream === "affiliate" && choices.placements.length > 0)
    return (
      <SelectField
        {...field("placementId")}
        label="Of which placement"
        options={choices.placements}
        empty="None"
        optional
      />
    );
  return null;
}
