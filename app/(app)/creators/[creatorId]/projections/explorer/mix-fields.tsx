"use client";

import { Button } from "@/components/ui/button";
import { readShare } from "@/lib/explorer-fields";
import { decimal } from "@/lib/format";
import { withShare } from "@/lib/model/scenario";
import { REGION_LABEL, REGIONS } from "@/lib/model/words";
import { ScenarioField } from "./scenario-field";

/** What was typed last into a share; kept as it stands, refused or not. */
export type ShareDraft = { readonly index: number; readonly text: string };

type MixFieldsProps = {
  /** Thousandths by region; they sum to 1000. */
  mix: readonly number[];
  /** False when no regions were ever known. */
  isKnown: boolean;
  isChanged: boolean;
  draft: ShareDraft | null;
  locale: string;
  onMix: (mix: number[] | null, draft: ShareDraft | null) => void;
  /** What was typed is refused, and the shares stay as they are. */
  onRefused: (draft: ShareDraft) => void;
};

/** Where the audience sits: one share set, the others give way in proportion, so that all are always 100 %. */
export function MixFields(props: MixFieldsProps) {
  const { mix, isKnown, isChanged, draft, locale, onMix, onRefused } = props;
  const shown = (permille: number) => decimal(permille / 10, locale, 1);
  return (
    <details className="rounded-md border border-line" open={isChanged || undefined}>
      <summary className="flex min-h-11 items-center justify-between gap-3 px-3 text-sm font-medium">
        <span>Where the audience is</span>
        <span className="font-normal text-muted">
          {isChanged ? "changed" : isKnown ? "as last known" : "not known yet"}
        </span>
      </summary>
      <div className="grid gap-3 px-3 pb-3">
        <p className="text-sm text-muted">The shares always add up to 100%: the others give way.</p>
        {REGIONS.map((region, index) => {
          const text = draft?.index === index ? draft.text : shown(mix[index] ?? 0);
          const typed = readShare(text, locale);
          const set = (percent: number, next: ShareDraft | null) =>
            onMix(withShare(mix, index, Math.round(percent * 10)), next);
          return (
            <ScenarioField
              key={region}
              name={`mix-${region}`}
              label={REGION_LABEL[region]}
              unit="%"
              text={text}
              error={typed.kind === "refused" ? typed.why : undefined}
              slider={{ min: 0, max: 100, step: 1, at: (mix[index] ?? 0) / 10 }}
              said={`${shown(mix[index] ?? 0)} percent`}
              onText={(next) => {
                const read = readShare(next, locale);
                if (read.kind === "number") set(read.value, { index, text: next });
                else onRefused({ index, text: next });
              }}
              onSlide={(at) => set(at, null)}
              onReset={null}
            />
          );
        })}
        {isChanged && (
          <div>
            <Button size="sm" onClick={() => onMix(null, null)}>
              Reset the audience
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}
