package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A line is a value, or a key and a value.
///
/// @param keySeparator stands between a key and its value
/// @param nothing what a line, or a key, says in the place of nothing
/// @param headers of every record
/// @param partition where all are to go
record PlainLines(
        Optional<String> keySeparator,
        Optional<String> nothing,
        List<Entry.Header> headers,
        OptionalInt partition)
        implements LineEntries {
    @Override
    public Result<Entry> entry(byte[] line) {
        if (keySeparator.isEmpty()) {
            return new Result.Ok<>(entry(null, line));
        }
        byte[] separator = keySeparator.get().getBytes(StandardCharsets.UTF_8);
        int at = find(separator, line);
        if (at < 0) {
            return Result.failed(
                    Fault.Kind.MISSING,
                    "there is no '%s' behind a key".formatted(keySeparator.get()));
        }
        byte[] key = something(Arrays.copyOf(line, at));
        return new Result.Ok<>(
                entry(key, Arrays.copyOfRange(line, at + separator.length, line.length)));
    }

    private Entry entry(byte @Nullable [] key, byte[] value) {
        return new Entry(key, something(value), headers, partition, OptionalLong.empty());
    }

    private byte @Nullable [] something(byte[] said) {
        boolean isNothing =
                nothing.isPresent()
                        && Arrays.equals(said, nothing.get().getBytes(StandardCharsets.UTF_8));
        return isNothing ? null : said;
    }

    private static int find(byte[] wanted, byte[] in) {
        for (int at = 0; at + wanted.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
