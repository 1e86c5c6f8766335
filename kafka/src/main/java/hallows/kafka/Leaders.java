package hallows.kafka;

import hallows.cluster.BrokerImage;
import hallows.cluster.ClusterImage;
import hallows.cluster.PartitionImage;
import hallows.model.PartitionId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The leaders that a reply points to, for clients that have asked the wrong broker.
final class Leaders {
    private final ClusterImage image;
    private final String listener;
    private final SortedMap<Integer, BrokerImage> nodes = new TreeMap<>();

    /// With the addresses that brokers have for `listener`.
    Leaders(ClusterImage image, String listener) {
        this.image = image;
        this.listener = listener;
    }

    /// Who leads a partition.
    ///
    /// @param id which broker, or -1
    /// @param epoch in which epoch, or -1
    record Leader(int id, int epoch) {
        /// Nobody knows.
        static final Leader NONE = new Leader(-1, -1);
    }

    /// Who leads a partition, whose address goes into the reply, too.
    Leader of(PartitionId partition) {
        Optional<PartitionImage> found = image.topics().partition(partition);
        if (found.isEmpty()) {
            return Leader.NONE;
        }
        int id = found.get().leader();
        BrokerImage broker = image.brokers().get(id);
        if (broker != null && !broker.fenced() && broker.listener(listener).isPresent()) {
            nodes.put(id, broker);
        }
        return new Leader(id, found.get().leaderEpoch());
    }

    /// Writes the leader of a partition as the tagged field with this number.
    static void write(WireWriter out, int tag, Leader leader) {
        out.varint(tag);
        out.varint(2 * Integer.BYTES + 1);
        out.int32(leader.id());
        out.int32(leader.epoch());
        out.noTags();
    }

    /// Writes the tagged fields of a reply: the addresses, if there are any.
    void writeNodes(WireWriter out) {
        if (nodes.isEmpty()) {
            out.noTags();
            return;
        }
        WireWriter list = WireWriter.field();
        list.count(nodes.size());
        nodes.values().forEach(node -> write(list, node));
        out.varint(1);
        out.varint(0);
        out.field(list);
    }

    private void write(WireWriter out, BrokerImage node) {
        BrokerImage.Listener place = node.listener(listener).orElseThrow();
        out.int32(node.id());
        out.text(place.host());
        out.int32(place.port());
        out.text(node.rack().orElse(null));
        out.noTags();
    }
}
