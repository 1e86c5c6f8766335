package hallows.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mailboxes of one channel, for each ordered pair of an application's shards.
final class Lines<M extends Message> {
    private final List<List<@Nullable Mailbox<M>>> boxes = new ArrayList<>();

    /// Lines between the shards of `cores`, out of `shards` in all.
    Lines(Channel<M> channel, Cores cores, int shards) {
        for (int sender = 0; sender < shards; sender++) {
            List<@Nullable Mailbox<M>> row = new ArrayList<>();
            for (int owner = 0; owner < shards; owner++) {
                boolean joined = cores.contains(sender) && cores.contains(owner);
                row.add(joined ? new Mailbox<>(channel, sender, owner) : null);
            }
            boxes.add(row);
        }
    }

    /// What leaves `sender`, by owner.
    @Nullable Mailbox<M>[] from(int sender) {
        return array(boxes.get(sender));
    }

    /// What reaches `owner`, by sender.
    @Nullable Mailbox<M>[] to(int owner) {
        List<@Nullable Mailbox<M>> column = new ArrayList<>();
        for (List<@Nullable Mailbox<M>> row : boxes) {
            column.add(row.get(owner));
        }
        return array(column);
    }

    // Arrays, because every message looks into one, twice on each way.
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of a generic type
    private static <M extends Message> @Nullable Mailbox<M>[] array(
            List<@Nullable Mailbox<M>> row) {
        return row.toArray(new @Nullable Mailbox[0]);
    }
}
