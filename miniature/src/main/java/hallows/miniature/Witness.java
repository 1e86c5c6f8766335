package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import java.nio.ByteBuffer;

/// Who is told what clients saw. On the client's shard.
public interface Witness {
    /// An append was acknowledged.
    ///
    /// @param number which append of the client
    /// @param roundTripNanos from the request to the answer
    void appended(PartitionId partition, long offset, long number, long roundTripNanos);

    /// An append was refused.
    void refused(PartitionId partition, long number, Refusal why);

    /// The connection ended before the answer: the append may be in the log or not.
    void lost(PartitionId partition, long number);

    /// A follower has read a record.
    void read(PartitionId partition, long offset, ByteBuffer payload);

    /// A follower was sent a record that is not sound, and asks again.
    void damaged(PartitionId partition, long offset);

    /// The service has broken the protocol: answers out of order, garbage, gaps.
    void broken(String how);
}
