import pytest
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile, FileField
from django.http import Http404

from danvan.downloads import download, picture


def kept(tmp_path, name: str | None = "a.jpg") -> FieldFile:
    (tmp_path / "a.jpg").write_bytes(b"...")
    return FieldFile(None, FileField(storage=FileSystemStorage(tmp_path)), name)


@pytest.mark.parametrize("answer", [lambda file: download(file, name="a.jpg", kind="jpg"), picture])
def test_a_file_leaves_as_a_strangers_content(tmp_path, answer):
    response = answer(kept(tmp_path))

    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "image/jpeg")


def test_a_download_is_kept_by_no_cache(tmp_path):
    response = download(kept(tmp_path), name="Ảnh.lạ", kind="lạ")

    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


def test_a_small_picture_is_shown_and_kept_by_its_reader_only(tmp_path):
    response = picture(kept(tmp_path), days=1)

    assert response["Cache-Control"] == "private, max-age=86400, immutable"
    assert "attachment" not in response.get("Content-Disposition", "")


@pytest.mark.parametrize("name", [None, "", "gone.jpg"])
def test_a_file_that_is_not_there_is_not_found(tmp_path, name):
    with pytest.raises(Http404):
        picture(kept(tmp_path, name))
