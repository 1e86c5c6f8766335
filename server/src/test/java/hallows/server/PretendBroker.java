package hallows.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/// A broker of one node that keeps its records in memory, for what the command line asks of one. It
/// offers no configurations. Topic `strict` takes no record, and topic `denied` cannot be made.
final class PretendBroker implements AutoCloseable {
    private static final int NODE = 1;
    private static final String HOST = "127.0.0.1";

    /// The newest version of each; in these, topics go by name.
    private static final Map<ApiKeys, Integer> OFFERED =
            Map.of(
                    ApiKeys.API_VERSIONS, 4,
                    ApiKeys.METADATA, 12,
                    ApiKeys.DESCRIBE_CLUSTER, 0,
                    ApiKeys.CREATE_TOPICS, 7,
                    ApiKeys.DELETE_TOPICS, 5,
                    ApiKeys.INIT_PRODUCER_ID, 4,
                    ApiKeys.PRODUCE, 11,
                    ApiKeys.LIST_OFFSETS, 7,
                    ApiKeys.FETCH, 12);

    private final PretendRecords records = new PretendRecords();
    private final Map<String, Integer> topics = new TreeMap<>();
    private final ServerSocket socket;

    PretendBroker() throws IOException {
        socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return HOST + ":" + socket.getLocalPort();
    }

    synchronized void create(String topic, int partitions) {
        topics.put(topic, partitions);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                ByteBuffer answer = answer(ByteBuffer.wrap(in.readNBytes(in.readInt())));
                out.writeInt(answer.remaining());
                out.write(answer.array(), answer.arrayOffset(), answer.remaining());
            }
        } catch (IOException gone) {
            // So is the client.
        }
    }

    private ByteBuffer answer(ByteBuffer request) {
        RequestHeader header = RequestHeader.parse(request);
        ApiKeys api = header.apiKey();
        short version = header.apiVersion();
        ApiMessage asked =
                AbstractRequest.parseRequest(api, version, new ByteBufferAccessor(request))
                        .request
                        .data();
        return RequestUtils.serialize(
                new ResponseHeaderData().setCorrelationId(header.correlationId()),
                api.responseHeaderVersion(version),
                answer(asked),
                version);
    }

    private synchronized ApiMessage answer(ApiMessage asked) {
        return switch (asked) {
            case ApiVersionsRequestData _ -> offered();
            case DescribeClusterRequestData _ -> cluster();
            case MetadataRequestData request -> metadata(request);
            case CreateTopicsRequestData request -> create(request);
            case DeleteTopicsRequestData request -> delete(request);
            case InitProducerIdRequestData _ -> new InitProducerIdResponseData().setProducerId(7);
            default -> records.answer(asked);
        };
    }

    private static ApiMessage offered() {
        ApiVersionsResponseData response = new ApiVersionsResponseData();
        OFFERED.forEach((api, newest) ->
                response.apiKeys()
                        .add(
                                new ApiVersionsResponseData.ApiVersion()
                                        .setApiKey(api.id)
                                        .setMinVersion(api.oldestVersion())
                                        .setMaxVersion(newest.shortValue())));
        return response;
    }

    private ApiMessage cluster() {
        DescribeClusterResponseData response =
                new DescribeClusterResponseData().setClusterId("pretended").setControllerId(NODE);
        response.brokers()
                .add(
                        new DescribeClusterResponseData.DescribeClusterBroker()
                                .setBrokerId(NODE)
                                .setHost(HOST)
                                .setPort(socket.getLocalPort()));
        return response;
    }

    private ApiMessage metadata(MetadataRequestData request) {
        MetadataResponseData response =
                new MetadataResponseData().setClusterId("pretended").setControllerId(NODE);
        response.brokers()
                .add(
                        new MetadataResponseData.MetadataResponseBroker()
                                .setNodeId(NODE)
                                .setHost(HOST)
                                .setPort(socket.getLocalPort()));
        if (request.topics() == null) {
            topics.keySet().forEach(name -> response.topics().add(metadata(name)));
        } else {
            request.topics().forEach(one -> response.topics().add(metadata(one.name())));
        }
        return response;
    }

    private MetadataResponseData.MetadataResponseTopic metadata(String name) {
        var topic = new MetadataResponseData.MetadataResponseTopic().setName(name);
        Integer partitions = topics.get(name);
        if (partitions == null) {
            return topic.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        for (int number = 0; number < partitions; number++) {
            topic.partitions()
                    .add(
                            new MetadataResponseData.MetadataResponsePartition()
                                    .setPartitionIndex(number)
                                    .setLeaderId(NODE)
                                    .setLeaderEpoch(0)
                                    .setReplicaNodes(List.of(NODE))
                                    .setIsrNodes(List.of(NODE)));
        }
        return topic;
    }

    private ApiMessage create(CreateTopicsRequestData request) {
        CreateTopicsResponseData response = new CreateTopicsResponseData();
        request.topics()
                .forEach(topic -> {
                    Errors error =
                            topic.name().equals("denied")
                                    ? Errors.TOPIC_AUTHORIZATION_FAILED
                                    : topics.containsKey(topic.name())
                                            ? Errors.TOPIC_ALREADY_EXISTS
                                            : Errors.NONE;
                    int partitions = Math.max(1, topic.numPartitions());
                    if (error == Errors.NONE) {
                        create(topic.name(), partitions);
                    }
                    response.topics()
                            .add(
                                    new CreateTopicsResponseData.CreatableTopicResult()
                                            .setName(topic.name())
                                            .setErrorCode(error.code())
                                            .setNumPartitions(partitions)
                                            .setReplicationFactor((short) 1));
                });
        return response;
    }

    private ApiMessage delete(DeleteTopicsRequestData request) {
        DeleteTopicsResponseData response = new DeleteTopicsResponseData();
        request.topicNames()
                .forEach(name ->
                        response.responses()
                                .add(
                                        new DeleteTopicsResponseData.DeletableTopicResult()
                                                .setName(name)
                                                .setErrorCode(
                                                        (topics.remove(name) == null
                                                                        ? Errors
                                                                                .UNKNOWN_TOPIC_OR_PARTITION
                                                                        : Errors.NONE)
                                                                .code())));
        return response;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
