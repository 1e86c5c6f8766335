package hallows.log;

/// What a transaction's first batch gets before its coordinator is asked: a guard to show when the
/// coordinator has confirmed, or a refusal.
sealed interface Verifying permits VerificationGuard, ProducerVerdict.Refused {}
