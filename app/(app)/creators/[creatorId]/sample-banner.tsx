import { SubmitButton } from "@/components/ui/submit-button";
import { removeSample } from "./sample-actions";

/** Above every page of the sample: nobody shall take its figures for his own. */
export function SampleBanner({ creatorId, canRemove }: { creatorId: string; canRemove: boolean }) {
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-b border-line bg-warn-soft px-4 py-2 text-sm">
      <p>This is the sample studio: its people and figures are made up.</p>
      {canRemove && (
        <form action={removeSample}>
          <input type="hidden" name="creatorId" value={creatorId} />
          <SubmitButton variant="secondary" size="sm" pendingLabel="Removing…">
            Remove it
          </SubmitButton>
        </form>
      )}
    </div>
  );
}
