package hallows.server;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time, as people type it: `30s`, `1.5h`, `500ms`; a number alone is seconds.
///
/// @param millis how long
record TimeSpan(long millis) {
    private static final Pattern TYPED = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)(ms|[smhd]?)");

    private static final Map<String, Long> UNITS =
            Map.of(
                    "ms",
                    1L,
                    "",
                    1000L,
                    "s",
                    1000L,
                    "m",
                    60_000L,
                    "h",
                    3_600_000L,
                    "d",
                    86_400_000L);

    /// What was typed, if it is one.
    static Optional<TimeSpan> of(String typed) {
        Matcher parts = TYPED.matcher(typed);
        if (!parts.matches()) {
            return Optional.empty();
        }
        BigDecimal unit = BigDecimal.valueOf(UNITS.getOrDefault(parts.group(2), 0L));
        BigDecimal millis = new BigDecimal(parts.group(1)).multiply(unit);
        return Optional.of(new TimeSpan(millis.longValue()));
    }
}
