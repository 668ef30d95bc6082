import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { AppError } from "@/lib/errors";

/** The refusal of a kept statement that is not what was closed. */
export async function orRefused<T>(reading: Promise<T>): Promise<T | AppError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return error;
    throw error;
  }
}

/** One that was tampered with would be mistaken for what was closed. */
export function Refused({ error }: { error: AppError }) {
  return (
    <>
      <PageHeader title="Statements" />
      <Notice tone="error" title="This statement cannot be shown">
        {error.message}
      </Notice>
    </>
  );
}
