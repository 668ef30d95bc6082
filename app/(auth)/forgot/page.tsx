import type { Metadata, Route } from "next";
import Link from "next/link";
import { PlainShell } from "@/components/plain-shell";
import { ForgotForm } from "./forgot-form";

export const metadata: Metadata = { title: "Forgot the password" };

export default function ForgotPage() {
  return (
    <PlainShell
      title="Set a new password"
      note="We mail a link to the address of your account."
      foot={
        <Link className="link" href={"/sign-in" as Route}>
          Back to sign in
        </Link>
      }
    >
      <ForgotForm />
    </PlainShell>
  );
}
