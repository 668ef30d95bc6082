import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { AppError } from "@/lib/errors";

/** The refusal of one who may not see all of the creator's money, or of a kept statement that is not what was closed. */
export async function orRefused<T>(reading: Promise<T>): Promise<T | AppError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && (error.code === "forbidden" || error.code === "conflict")) return error;
    throw error;
  }
}

/** A statement of some streams only would be mistaken for one of all; one that was tampered with, for what was closed. */
export function Refused({ error }: { error: AppError }) {
  return (
    <>
      <PageHeader title="Statements" />
      {error.code === "conflict" ? (
        <Notice tone="error" title="This statement cannot be shown">
          {error.message}
        </Notice>
      ) : (
        <Notice title="A statement has all amounts of a creator in it, and you may see some of them only.">
          To open statements here, ask an owner to share all streams and their amounts with you.
        </Notice>
      )}
    </>
  );
}
