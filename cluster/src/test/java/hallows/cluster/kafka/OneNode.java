package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.cluster.ClusterImage;
import hallows.cluster.TopicImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One node for all tests of a class.
final class OneNode implements BeforeAllCallback, AfterAllCallback {
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Node node;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("hallows-cluster");
        node = Node.serving(directory);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        assertEquals(List.of(), node.faults);
        node.stop();
        Utils.delete(directory.toFile());
    }

    Node node() {
        return node;
    }

    ClusterImage image() {
        return node.cluster.image();
    }

    TopicImage topic(String name) {
        return image().topics().named(name).orElseThrow();
    }

    static Errors error(short code) {
        return Errors.forCode(code);
    }

    /// What came of one topic of a request.
    Errors created(CreateTopicsRequestData request, String name) throws Exception {
        CreateTopicsResponseData response = node.ask(request, CreateTopicsResponseData.class);
        return error(response.topics().find(name).errorCode());
    }

    /// Creates a topic, and waits until the picture shows it.
    void create(String name, int partitions) throws Exception {
        assertEquals(Errors.NONE, created(Node.creation(name, partitions), name));
        node.await(image -> image.topics().named(name).isPresent());
    }
}
