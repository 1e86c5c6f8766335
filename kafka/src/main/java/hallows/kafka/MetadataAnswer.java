package hallows.kafka;

import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.model.TopicId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/// Answers one Metadata request from one picture of the cluster.
final class MetadataAnswer {
    private static final int LISTENER_ERROR_VERSION = 6;
    private static final int CLUSTER_RIGHTS_VERSION_MAX = 10;
    private static final int RIGHTS_VERSION = 8;
    private static final int IDS_VERSION = 12;
    private static final int NONE = -1;

    private final ClusterView view;
    private final short version;
    private final IntUnaryOperator below;
    private final Set<String> creatable = new LinkedHashSet<>();

    /// @param below chance: a number below another
    MetadataAnswer(ClusterView view, short version, IntUnaryOperator below) {
        this.view = view;
        this.version = version;
        this.below = below;
    }

    /// The answer to a request.
    MetadataResponseData to(MetadataRequestData asked) {
        List<MetadataRequestTopic> topics = asked.topics();
        if (topics != null && topics.stream().anyMatch(this::isNameless)) {
            return refused(topics);
        }
        MetadataResponseData answer = new MetadataResponseData();
        if (topics == null || (version == 0 && topics.isEmpty())) {
            view.image().topics().stream()
                    .sorted(Comparator.comparing(TopicImage::name))
                    .forEach(topic -> answer.topics().add(found(topic)));
        } else if (topics.stream().anyMatch(topic -> !topic.topicId().equals(Uuid.ZERO_UUID))) {
            addById(answer, topics);
        } else {
            addByName(answer, topics);
        }
        addCluster(answer, asked);
        if (version >= RIGHTS_VERSION && asked.includeTopicAuthorizedOperations()) {
            answer.topics().stream()
                    .filter(topic -> topic.errorCode() != Errors.UNKNOWN_TOPIC_ID.code())
                    .forEach(topic -> topic.setTopicAuthorizedOperations(Rights.ofTopic()));
        }
        return answer;
    }

    /// Topics that were asked for and are not there, but could be.
    Set<String> creatable() {
        return creatable;
    }

    private boolean isNameless(MetadataRequestTopic topic) {
        return version < IDS_VERSION
                && (topic.name() == null || !topic.topicId().equals(Uuid.ZERO_UUID));
    }

    private static MetadataResponseData refused(List<MetadataRequestTopic> topics) {
        MetadataResponseData answer = new MetadataResponseData();
        for (MetadataRequestTopic topic : topics) {
            answer.topics()
                    .add(
                            new MetadataResponseTopic()
                                    .setName(topic.name() == null ? "" : topic.name())
                                    .setTopicId(topic.topicId())
                                    .setErrorCode(Errors.INVALID_REQUEST.code()));
        }
        return answer;
    }

    private void addById(MetadataResponseData answer, List<MetadataRequestTopic> topics) {
        Set<Uuid> ids = new LinkedHashSet<>();
        topics.forEach(topic -> ids.add(topic.topicId()));
        ids.remove(Uuid.ZERO_UUID);
        for (Uuid uuid : ids) {
            TopicId id = TopicRef.id(uuid);
            MetadataResponseTopic missing =
                    new MetadataResponseTopic()
                            .setName(null)
                            .setTopicId(uuid)
                            .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code());
            answer.topics().add(view.image().topics().withId(id).map(this::found).orElse(missing));
        }
    }

    private void addByName(MetadataResponseData answer, List<MetadataRequestTopic> topics) {
        Set<String> names = new LinkedHashSet<>();
        topics.forEach(topic -> names.add(topic.name() == null ? "" : topic.name()));
        for (String name : names) {
            Optional<TopicImage> topic = view.image().topics().named(name);
            answer.topics().add(topic.map(this::found).orElseGet(() -> missing(name)));
        }
    }

    private MetadataResponseTopic missing(String name) {
        Errors error = ClusterView.unknownTopic(name);
        if (error == Errors.UNKNOWN_TOPIC_OR_PARTITION) {
            creatable.add(name);
        }
        return new MetadataResponseTopic()
                .setName(name)
                .setErrorCode(error.code())
                .setIsInternal(Topic.isInternal(name));
    }

    private MetadataResponseTopic found(TopicImage topic) {
        return new MetadataResponseTopic()
                .setName(topic.name())
                .setTopicId(TopicRef.uuid(topic.id()))
                .setIsInternal(Topic.isInternal(topic.name()))
                .setPartitions(topic.partitions().stream().map(this::partition).toList());
    }

    private MetadataResponsePartition partition(PartitionImage partition) {
        List<Integer> replicas = shown(partition.replicas());
        List<Integer> isr = shown(partition.isr());
        Optional<Integer> leader = view.leader(partition);
        Errors error =
                replicas.size() < partition.replicas().size() || isr.size() < partition.isr().size()
                        ? Errors.REPLICA_NOT_AVAILABLE
                        : Errors.NONE;
        return new MetadataResponsePartition()
                .setErrorCode((leader.isPresent() ? error : leaderless(partition)).code())
                .setPartitionIndex(partition.index())
                .setLeaderId(leader.orElse(NONE))
                .setLeaderEpoch(partition.leaderEpoch())
                .setReplicaNodes(replicas)
                .setIsrNodes(isr)
                .setOfflineReplicas(view.offline(partition));
    }

    /// The oldest clients are shown only whom they can reach.
    private List<Integer> shown(NodeIds nodes) {
        return version > 0
                ? ClusterView.list(nodes)
                : nodes.stream().filter(view::isServing).boxed().toList();
    }

    private Errors leaderless(PartitionImage partition) {
        boolean known = view.image().brokers().containsKey(partition.leader());
        return known && version >= LISTENER_ERROR_VERSION
                ? Errors.LISTENER_NOT_FOUND
                : Errors.LEADER_NOT_AVAILABLE;
    }

    private void addCluster(MetadataResponseData answer, MetadataRequestData asked) {
        List<ClusterView.Node> nodes = view.serving().toList();
        for (ClusterView.Node node : nodes) {
            answer.brokers()
                    .add(
                            new MetadataResponseBroker()
                                    .setNodeId(node.broker().id())
                                    .setHost(node.place().host())
                                    .setPort(node.place().port())
                                    .setRack(node.broker().rack().orElse(null)));
        }
        answer.setClusterId(view.image().clusterId());
        answer.setControllerId(view.anyServing(below));
        boolean rights = version >= RIGHTS_VERSION && version <= CLUSTER_RIGHTS_VERSION_MAX;
        if (rights && asked.includeClusterAuthorizedOperations()) {
            answer.setClusterAuthorizedOperations(Rights.ofCluster());
        }
    }
}
