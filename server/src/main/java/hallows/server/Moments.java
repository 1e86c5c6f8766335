package hallows.server;

import hallows.server.kafka.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Places in a partition, as people type them.
///
/// @param nowMillis what time it is
record Moments(long nowMillis) {
    /// How it can be typed.
    static final String HOW =
            "beginning, end, an offset, -3 (the last 3 of each partition), -1h (an hour ago), or a time such as 2026-01-31T12:00:00Z";

    /// What was typed, if it is one. A time without a zone is in UTC.
    Optional<Position> of(String typed) {
        return switch (typed) {
            case "beginning", "earliest" -> Optional.of(new Position.Beginning());
            case "end", "latest" -> Optional.of(new Position.End());
            default -> typed.startsWith("-") ? back(typed.substring(1)) : offsetOrTime(typed);
        };
    }

    /// A number alone counts records, as for kcat, and not seconds.
    private Optional<Position> back(String span) {
        return span.matches("\\d{1,18}")
                ? Optional.of(new Position.Last(Long.parseLong(span)))
                : ago(span);
    }

    private Optional<Position> ago(String span) {
        return TimeSpan.of(span).map(ago -> new Position.Time(nowMillis - ago.millis()));
    }

    private static Optional<Position> offsetOrTime(String typed) {
        if (typed.matches("\\d{1,18}")) {
            return Optional.of(new Position.Offset(Long.parseLong(typed)));
        }
        try {
            return Optional.of(new Position.Time(instant(typed).toEpochMilli()));
        } catch (DateTimeException | ArithmeticException notOne) {
            return Optional.empty();
        }
    }

    private static Instant instant(String typed) {
        if (typed.indexOf('T') < 0) {
            return LocalDate.parse(typed).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return typed.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(typed).toInstant()
                : LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC);
    }
}
