package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Entry;
import hallows.server.kafka.Sending.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What came of the lines that were sent. Told by several threads.
final class Receipts {
    private final AtomicReference<Sum> sum = new AtomicReference<>(new Sum(0, 0, 0, ""));
    private final Consumer<byte[]> each;
    private final boolean answered;

    /// What is known so far.
    ///
    /// @param acknowledged how many records are where they should be, or were sent, where nobody
    ///   was asked to say more
    /// @param bytes of keys and values in them
    /// @param failedLine the first line that is not; 0 when there is none
    /// @param why it is not
    record Sum(long acknowledged, long bytes, long failedLine, String why) {
        boolean isFine() {
            return failedLine == 0;
        }

        private Sum with(long more) {
            return new Sum(acknowledged + 1, bytes + more, failedLine, why);
        }

        private Sum without(long line, String reason) {
            return isFine() || line < failedLine
                    ? new Sum(acknowledged, bytes, line, reason)
                    : this;
        }
    }

    /// @param each is given a line of JSON for each record
    /// @param answered whether a broker says that it has a record
    Receipts(Consumer<byte[]> each, boolean answered) {
        this.each = each;
        this.answered = answered;
    }

    /// Something came of a line.
    void told(long line, Entry entry, Result<Receipt> came) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", line);
        switch (came) {
            case Result.Ok<Receipt>(Receipt receipt) -> {
                sum.updateAndGet(before -> before.with(bytes(entry)));
                fields.put("partition", receipt.partition());
                receipt.offset().ifPresent(offset -> fields.put("offset", offset));
                receipt.timestamp().ifPresent(millis -> fields.put("timestamp", millis));
            }
            case Result.Failed<Receipt>(Fault fault) -> {
                refused(line, fault.message());
                fields.put("error", fault.message());
            }
        }
        each.accept((Json.line(fields) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// A line could not be sent at all.
    void refused(long line, String why) {
        sum.updateAndGet(before -> before.without(line, why));
    }

    private static long bytes(Entry entry) {
        return length(entry.key()) + length(entry.value());
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    Sum sum() {
        return sum.get();
    }

    /// How it went, for people.
    String summary(long millis) {
        Sum all = sum();
        return String.format(
                Locale.ROOT,
                "%s with %s %s in %.1f s",
                counted(all.acknowledged(), "record"),
                counted(all.bytes(), "byte"),
                answered ? "acknowledged" : "sent, and nobody was asked whether they arrived",
                millis / 1e3);
    }

    /// What is missing, for people.
    String complaint() {
        Sum all = sum();
        return String.format(
                Locale.ROOT,
                "%s %s %s; the first that is not is line %d: %s",
                counted(all.acknowledged(), "record"),
                all.acknowledged() == 1 ? "is" : "are",
                answered ? "acknowledged" : "sent",
                all.failedLine(),
                all.why());
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
