from django.urls import path

from reports.views import bell, files, history, home, indicators, mail, period, pressing, report

app_name = "reports"

urlpatterns = [
    path("", home.home, name="home"),
    path("cho-duyet/", home.to_approve, name="to_approve"),
    path("lich-su/", history.history, name="history"),
    path("lich-su/excel/", history.history_excel, name="history_excel"),
    path("ky-bao-cao/<int:pk>/", period.period, name="period"),
    path("ky-bao-cao/<int:pk>/so-lieu/", indicators.indicator_table, name="indicators"),
    path("ky-bao-cao/<int:pk>/chot/", period.close, name="close"),
    path("ky-bao-cao/<int:pk>/don-doc/", pressing.pressing, name="press"),
    path("ky-bao-cao/<int:pk>/don-doc/cong-van/", pressing.letter, name="press_letter"),
    path("nhac-viec/", bell.notice_list, name="notices"),
    path("nhac-viec/so/", bell.bell, name="bell"),
    path("thu/", mail.mails, name="mails"),
    path("thu/<int:pk>/gui-lai/", mail.retry, name="mail_retry"),
    path("bao-cao/", report.report_list, name="list"),
    path("bao-cao/<int:pk>/", report.report, name="report"),
    path("bao-cao/<int:pk>/noi-nhan/", report.recipients, name="recipients"),
    path("bao-cao/<int:pk>/trinh/", report.submit, name="submit"),
    path("bao-cao/<int:pk>/duyet/", report.approve, name="approve"),
    path("bao-cao/<int:pk>/tra-lai/", report.return_, name="return"),
    path("bao-cao/<int:pk>/lay-so/", report.number, name="number"),
    path("bao-cao/<int:pk>/ban-hanh/", report.issue, name="issue"),
    path("doan/<int:pk>/", report.paragraph, name="paragraph"),
    path("bao-cao/<int:pk>/tep/", files.request_file, name="request_file"),
    path("bao-cao/<int:pk>/ban-da-ky/", files.signed, name="signed"),
    path("tep/<int:pk>/", files.download, name="file"),
    path("tep/<int:pk>/tinh-trang/", files.state, name="file_state"),
    path("tep/<int:pk>/tao-lai/", files.retry, name="retry_file"),
]
