package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Whether some bytes are one batch and nothing else, as far as its length and magic say.
public final class Framing {
    private static final String OLD_MAGIC = "only batches with magic 2 are taken in, not ";
    private static final String NO_BATCH = "an append holds no whole batch";

    private Framing() {}

    /// Why they are not, or null. In Kafka's order, because the first that is wrong names the
    /// error, and in its words where it passes them on to clients.
    public static Outcome.@Nullable Refused refusal(ByteBuffer bytes) {
        int start = bytes.position();
        int room = bytes.remaining();
        if (room < BatchView.PREFIX_BYTES) {
            return invalid(NO_BATCH);
        }
        long size = BatchView.sizeAt(bytes, start);
        if (size < BatchView.SMALLEST_BYTES) {
            return corrupt(
                    "Record size %d is less than the minimum record overhead (%d)"
                            .formatted(
                                    size - BatchView.PREFIX_BYTES,
                                    BatchView.SMALLEST_BYTES - BatchView.PREFIX_BYTES));
        }
        if (room < BatchView.MAGIC_END_BYTES) {
            return invalid(NO_BATCH);
        }
        byte magic = BatchView.magicAt(bytes, start);
        if (magic < 0 || magic > BatchView.MAGIC) {
            return corrupt("Invalid magic found in record: " + magic);
        }
        if (room < size) {
            return invalid(NO_BATCH);
        }
        return magic == BatchView.MAGIC ? behind(room - size) : invalid(OLD_MAGIC + magic);
    }

    private static Outcome.@Nullable Refused behind(long moreBytes) {
        return moreBytes == 0 ? null : invalid("an append holds one batch and nothing behind it");
    }

    private static Outcome.Refused invalid(String message) {
        return new Outcome.Refused(ErrorCode.INVALID_RECORD, message);
    }

    private static Outcome.Refused corrupt(String message) {
        return new Outcome.Refused(ErrorCode.CORRUPT_MESSAGE, message);
    }
}
