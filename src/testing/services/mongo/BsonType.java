import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Keeps documents as BSON: the library's own Java serialisation is many times slower and larger. */
final class BsonType extends BasicDataType<Document> {
  private static final int TYPICAL_SIZE = 1024;

  @Override
  public int getMemory(Document document) {
    return TYPICAL_SIZE;
  }

  @Override
  public void write(WriteBuffer target, Document document) {
    ByteBuf encoded = Unpooled.buffer(TYPICAL_SIZE);
    BsonEncoder.encodeDocument(document, encoded);
    target.putVarInt(encoded.readableBytes());
    target.put(encoded.nioBuffer());
  }

  @Override
  public Document read(ByteBuffer source) {
    byte[] bytes = new byte[org.h2.mvstore.DataUtils.readVarInt(source)];
    source.get(bytes);
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }
}
