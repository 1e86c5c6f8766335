package hallows.server;

import hallows.log.Durability;
import hallows.log.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The properties that only Hallows knows.
///
/// @param values what was said, by key
record OwnKeys(Map<String, String> values) {
    private static final String PREFIX = "hallows.";
    private static final String DURABILITY = "hallows.durability";
    private static final String VALIDATION = "hallows.validation";
    private static final String SHARDS = "hallows.shards";
    private static final String MEMORY = "hallows.memory.bytes";
    private static final long MEMORY_BYTES_MIN = 64L << 20;
    private static final long MEMORY_BYTES_MAX = 1L << 40;
    private static final int SHARDS_MAX = 256;

    /// All of them.
    static final Set<String> KNOWN = Set.of(DURABILITY, VALIDATION, SHARDS, MEMORY);

    /// Those among what was said.
    static OwnKeys among(Map<String, String> said) {
        Map<String, String> own = new TreeMap<>();
        said.forEach((key, value) -> {
            if (isOwn(key)) {
                own.put(key, value);
            }
        });
        return new OwnKeys(own);
    }

    /// Whether a key is one, known or not.
    static boolean isOwn(String key) {
        return key.startsWith(PREFIX);
    }

    /// What cannot be, a sentence each.
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (String key : values.keySet()) {
            if (!KNOWN.contains(key)) {
                complaints.add(
                        "there is no property '%s'%s"
                                .formatted(
                                        key,
                                        Nearest.to(key, List.copyOf(KNOWN))
                                                .map("; did you mean '%s'?"::formatted)
                                                .orElse("")));
            }
        }
        check(complaints, DURABILITY, this::durability, "fsync or page-cache");
        check(complaints, VALIDATION, this::validation, "strict or header");
        check(complaints, SHARDS, () -> shards(1), "a number from 1 to " + SHARDS_MAX);
        check(
                complaints,
                MEMORY,
                () -> memoryBytes(MEMORY_BYTES_MIN),
                "a number of bytes from %d to %d".formatted(MEMORY_BYTES_MIN, MEMORY_BYTES_MAX));
        return complaints;
    }

    private void check(List<String> complaints, String key, Runnable reading, String form) {
        try {
            reading.run();
        } catch (IllegalArgumentException wrong) {
            complaints.add("%s=%s: it is %s".formatted(key, values.get(key), form));
        }
    }

    /// `hallows.durability`: when a record counts as kept.
    Durability durability() {
        return Durability.valueOf(constant(DURABILITY, Durability.FSYNC));
    }

    /// `hallows.validation`: how much of a compressed batch is looked at.
    Validation validation() {
        return Validation.valueOf(constant(VALIDATION, Validation.STRICT));
    }

    private String constant(String key, Enum<?> usual) {
        return values.getOrDefault(key, usual.name()).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// `hallows.shards`: how many cores.
    ///
    /// @param usual unless it is said
    int shards(int usual) {
        return (int) number(SHARDS, usual, 1, SHARDS_MAX);
    }

    /// `hallows.memory.bytes`: native memory for what is underway.
    ///
    /// @param usual unless it is said
    long memoryBytes(long usual) {
        return number(MEMORY, usual, MEMORY_BYTES_MIN, MEMORY_BYTES_MAX);
    }

    private long number(String key, long usual, long min, long max) {
        String said = values.get(key);
        long number = said == null ? usual : Long.parseLong(said);
        if (number < min || number > max) {
            throw new IllegalArgumentException(key);
        }
        return number;
    }
}
